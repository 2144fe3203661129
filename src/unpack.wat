;; Puts the module together again, in the visitor's browser, before it is compiled. JavaScript takes several times as long,
;; because everything here runs once. `xtask/src/build/packed.rs` takes the module apart and says how; the build fails where
;; this does not undo it.
;;
;; In memory stands, from 216 on, what the loader has of the script, in UTF-8: this module, what stands before the functions
;; of the other, what stands after them, their operations, their constants, the numbers of their locals with the depths of
;; their branches, and the offsets at which they load and store. What is no such text, or ends too early, becomes no module,
;; or reads beyond the memory and ends with a trap.
(module
  ;; 100,000 bytes for what comes, more for the module.
  (memory (export "memory") 4)

  ;; What follows an operation: a number, from 1 on beside it, from 4 on a constant, from 8 on of a local or a depth, from 12
  ;; on an offset; 16 more is a load or store. Most operations stand behind the table, where there is nothing: up to 199.
  (data (i32.const 2) "\01\01\01\00\00\00\00\00\00\00\09\09\00\00\01")
  (data (i32.const 32) "\09\09\09\01\01\00\00\00\1d\1d\1d\1d\1d\1d\1d\1d\1d\1d\1d\1d\1d\1d\1d\1d\1d\1d\1d\1d\1d\1d\1d\00\00\05\05")

  ;; Where the module ends that is being put together.
  (global $end (mut i32) (i32.const 100000))

  (func $put (param $byte i32)
    (i32.store8 (global.get $end) (local.get $byte))
    (global.set $end (i32.add (global.get $end) (i32.const 1))))

  ;; The next byte of a text, a character that from 128 on has two. Where each text is read on stands in memory: operations,
  ;; and what stands before and after the functions, at 200, constants at 204, locals at 208, offsets at 212.
  (func $character (param $text i32) (result i32)
    (local $place i32)
    (local $byte i32)
    (if (i32.gt_u (local.tee $byte (i32.load8_u (local.tee $place (i32.load (local.get $text))))) (i32.const 127))
      (then
        (local.set $byte
          (i32.and
            (i32.or
              (i32.shl (local.get $byte) (i32.const 6))
              (i32.and
                (i32.load8_u (local.tee $place (i32.add (local.get $place) (i32.const 1))))
                (i32.const 63)))
            (i32.const 255)))))
    (i32.store (local.get $text) (i32.add (local.get $place) (i32.const 1)))
    (local.get $byte))

  ;; Puts a text that is no function's, as far as another place.
  (func $copy (param $from i32) (param $until i32)
    (i32.store (i32.const 200) (local.get $from))
    (loop $bytes
      (call $put (call $character (i32.const 200)))
      (br_if $bytes (i32.lt_u (i32.load (i32.const 200)) (local.get $until)))))

  ;; The next byte of a text of the functions.
  (func $next (param $text i32) (result i32)
    (i32.xor (call $character (local.get $text)) (i32.const 62)))

  ;; Copies a number: all but the last of its bytes have their highest bit set. Returns the last one.
  (func $number (param $text i32) (result i32)
    (local $byte i32)
    (loop $bytes
      (call $put (local.tee $byte (call $next (local.get $text))))
      (br_if $bytes (i32.gt_u (local.get $byte) (i32.const 127))))
    (local.get $byte))

  (func $function
    (local $start i32)
    (local $operation i32)
    (local $count i32)
    ;; Two bytes say how long it is, once that is known.
    (global.set $end (i32.add (local.tee $start (global.get $end)) (i32.const 2)))
    ;; The kinds of its locals: how many kinds, and of each how many locals and which type.
    (local.set $count (i32.shl (call $number (i32.const 200)) (i32.const 1)))
    (loop $kinds
      (if (local.get $count)
        (then
          (drop (call $number (i32.const 200)))
          (local.set $count (i32.sub (local.get $count) (i32.const 1)))
          (br $kinds))))
    (loop $operations
      ;; 7 ends a function, 8 says that what follows stands as it is, 0 and 1 are loads.
      (if (i32.ne (local.tee $operation (call $next (i32.const 200))) (i32.const 7))
        (then
          (if (i32.eq (local.get $operation) (i32.const 8))
            (then
              ;; An operation that stands as it is: how many bytes it has, and these.
              (local.set $count (call $next (i32.const 200)))
              (loop $bytes
                (call $put (call $next (i32.const 200)))
                (br_if $bytes (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))
              (br $operations)))
          (if (i32.lt_u (local.get $operation) (i32.const 2))
            (then
              ;; A load from offset 0 or 4: what it is, an alignment of 0, and the offset.
              (i32.store (global.get $end) (i32.add (i32.shl (local.get $operation) (i32.const 18)) (i32.const 40)))
              (global.set $end (i32.add (global.get $end) (i32.const 3)))
              (br $operations)))
          (call $put (local.get $operation))
          ;; Most operations have nothing beside them.
          (if (local.tee $count (i32.load8_u (local.get $operation)))
            (then
              ;; A load or store has an alignment before its offset: 0, as the memory is beyond the end.
              (global.set $end (i32.add (global.get $end) (i32.shr_u (local.get $count) (i32.const 4))))
              (drop (call $number (i32.add (i32.and (local.get $count) (i32.const 12)) (i32.const 200))))))
          (br $operations))))
    (call $put (i32.const 11))
    ;; Seven bits of the length in each, and the highest bit of the first.
    (local.set $count (i32.sub (global.get $end) (i32.add (local.get $start) (i32.const 2))))
    (i32.store16
      (local.get $start)
      (i32.add (i32.add (local.get $count) (i32.and (local.get $count) (i32.const -128))) (i32.const 128))))

  ;; Takes where each text starts. Returns where the module ends.
  (func (export "unpack")
    (param $before i32) (param $after i32) (param $operations i32) (param $constants i32) (param $locals i32)
    (param $offsets i32) (result i32)
    (call $copy (local.get $before) (local.get $after))
    (i32.store (i32.const 200) (local.get $operations))
    (i32.store (i32.const 204) (local.get $constants))
    (i32.store (i32.const 208) (local.get $locals))
    (i32.store (i32.const 212) (local.get $offsets))
    (loop $functions
      (call $function)
      (br_if $functions (i32.lt_u (i32.load (i32.const 200)) (local.get $constants))))
    (call $copy (local.get $after) (local.get $operations))
    (global.get $end)))
