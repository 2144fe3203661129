// Runs before any script of a page that is measured, the same for every subject, and notes what the page shows.
// It must not change what a page does, beyond counting what it does.
(() => {
  const { layer, gated, count } = BENCH_SUBJECT;
  const promised = () => Promise.withResolvers();
  const shown = promised();
  const clicked = promised();
  const started = promised();
  const finished = promised();
  const paints = promised();
  const memories = new Set();
  let shift = 0;
  let click = 0;
  let interaction = 0;

  // After the frame that is being made: a message comes behind the frame's own layout and paint.
  const afterFrame = (act) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = act;
    port2.postMessage(null);
  };

  const isVisible = (element) => {
    if (!element?.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && box.top < innerHeight && box.bottom > 0 && box.left < innerWidth && box.right > 0;
  };

  const look = () => {
    if (isVisible(document.querySelector(layer))) afterFrame(() => shown.resolve(performance.now()));
    else requestAnimationFrame(look);
  };
  if (layer) requestAnimationFrame(look);

  const observe = (type, options, act) =>
    new PerformanceObserver((list) => list.getEntries().forEach(act)).observe({ type, buffered: true, ...options });
  observe("paint", {}, (entry) => entry.name === "first-contentful-paint" && paints.resolve(entry.startTime));
  observe("layout-shift", {}, (entry) => !entry.hadRecentInput && (shift += entry.value));
  observe("resource", {}, (entry) => entry.name.endsWith(gated) && started.resolve(entry.startTime));
  observe("event", { durationThreshold: 16 }, (entry) => {
    if (/^(pointerup|mouseup|click)$/.test(entry.name)) interaction = Math.max(interaction, entry.duration);
  });

  const frames = (count, act) => requestAnimationFrame(() => (count > 1 ? frames(count - 1, act) : act()));
  addEventListener(
    "click",
    (event) => {
      click = event.timeStamp;
      requestAnimationFrame(() =>
        afterFrame(() => {
          const next = performance.now() - click;
          frames(4, () => clicked.resolve(interaction || Math.min(next, 16)));
        }),
      );
    },
    { capture: true, once: true },
  );

  // Called by each gated script.
  let ran = 0;
  window.benchGatedRan = () => {
    ran += 1;
    if (ran === count) finished.resolve(performance.now() - click);
  };

  const keep = (instance) => {
    for (const value of Object.values(instance.exports)) if (value instanceof WebAssembly.Memory) memories.add(value);
    return instance;
  };
  WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
    construct: (...call) => keep(Reflect.construct(...call)),
  });
  for (const name of ["instantiate", "instantiateStreaming"]) {
    WebAssembly[name] = new Proxy(WebAssembly[name], {
      apply: async (...call) => {
        const made = await Reflect.apply(...call);
        keep(made.instance ?? made);
        return made;
      },
    });
  }

  const place = (selector) => {
    const box = document.querySelector(selector)?.getBoundingClientRect();
    return box && box.width > 0 ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : null;
  };

  window.bench = {
    shown: shown.promise,
    painted: paints.promise,
    clicked: clicked.promise,
    started: started.promise,
    finished: finished.promise,
    shift: () => shift,
    memory: () => [...memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0),
    // Where a control stands, once it stands still.
    steady: (selector) =>
      new Promise((resolve) => {
        const compare = (before) => {
          const now = place(selector);
          if (now && before && now.x === before.x && now.y === before.y) resolve(now);
          else frames(3, () => compare(now));
        };
        compare(null);
      }),
  };
})();
