import type { Configuration } from "./kelisim.configuration.js";

export type { Configuration };

/**
 * A visitor's decision as it is kept in `localStorage["kelisim"]`; frozen. One that was made on another host of the `scope`
 * is known by its cookie, which has neither `language` nor `code`.
 */
export interface KelisimRecord {
  readonly schema: 1;
  /** When it was made: `2026-11-20T10:00:00Z`. */
  readonly decided: string;
  /** When it ends. */
  readonly expires: string;
  readonly method: "accept" | "reject" | "save" | "withdraw" | "api";
  /** Every optional category by id. */
  readonly categories: Readonly<Record<string, boolean>>;
  /** Every service by id. */
  readonly services: Readonly<Record<string, boolean>>;
  /** The language of the notice. */
  readonly language?: string;
  /** The version of the owner's policy. */
  readonly policy: string;
  /** SHA-256 of the notice as text, in lowercase hex. */
  readonly notice: string;
  /** Per id, a short hash of what was answered. */
  readonly terms: Readonly<Record<string, string>>;
  /** The domain whose subdomains share the choice. */
  readonly scope?: string;
  /** BIN, IIN or name of the operator. */
  readonly operator: string;
  /** Earlier decisions, the oldest first; at most 20. */
  readonly history: readonly {
    readonly decided: string;
    readonly method: string;
    readonly granted: readonly string[];
    readonly notice: string;
    readonly code?: string;
  }[];
  /** Code of the grant; there exactly when something was granted on this host. */
  readonly code?: string;
  /** First 8 hex digits of a SHA-256 over the rest. */
  readonly check: string;
}

/** Something wrong in a configuration, or advised about it: where, what, and how to mend it. */
export interface Problem {
  /** `services[1].country`; empty for the document as a whole. */
  readonly path: string;
  /** A name that does not change. */
  readonly code: string;
  /** What helps to mend it, where there is such a thing. */
  readonly hint?: string;
  /** What it is, in a sentence. */
  readonly problem: string;
  /** How to mend it, in a sentence. */
  readonly mend: string;
  readonly level: "error" | "advice";
  /** Whether a page gathers no consent with it. */
  readonly closesPage: boolean;
}

/** What `ready`, `start` and calls reject with. Where it is `ready`, everything is closed. */
export declare class KelisimError extends Error {
  readonly name: "KelisimError";
  readonly code: "blocked" | "unavailable" | "otherFormat" | "scopeElsewhere" | "unreachable" | "noConfiguration" | "configuration" | "noAudit" | "unknownEvent";
  /** Of `configuration`, every problem; of anything else none. */
  readonly problems: readonly Problem[];
}

/** What `kelisim build --module` writes into `kelisim.site.js`. */
export interface CompiledSite {
  readonly site: object;
  readonly settings: readonly { readonly language: string; readonly html: string }[];
  readonly tokens: string;
}

/** Details of the DOM events on `window`, each called `kelisim:` and its name here. */
export interface KelisimEvents {
  ready: { readonly record: KelisimRecord | null; readonly standing: "undecided" | "decided" | "lapsed" };
  shown: null;
  decision: {
    readonly record: KelisimRecord;
    readonly granted: readonly string[];
    readonly withdrawn: readonly string[];
    readonly source: "here" | "tab";
  };
}

/** `window.kelisim`. */
export interface Kelisim {
  /** Resolves when what was granted before has been started; rejects with a `KelisimError`. */
  readonly ready: Promise<Kelisim>;
  readonly version: string;
  /** Starts with a configuration or a compiled site, where the tag names none and the script has none. */
  start(site: Startable | Promise<Startable>): Promise<Kelisim>;
  /** The visitor's record while it holds. */
  record(): KelisimRecord | null;
  /** Whether a category or service is allowed now. */
  allows(id: string): boolean;
  /** Grants everything, or exactly these ids; `null` while no notice was rendered in this document. */
  accept(ids?: string | readonly string[]): Promise<KelisimRecord | null>;
  /** Refuses everything. */
  reject(): Promise<KelisimRecord | null>;
  /** Takes back what was granted. */
  withdraw(): Promise<KelisimRecord | null>;
  /** Shows the first layer again. */
  show(): void;
  /** Opens the settings. */
  settings(): void;
  /** Speaks another of the site's languages, by its tag. */
  language(tag: string): void;
  /**
   * What the page does besides Kelisim: vendors' tags, pixels and hints that stand in it, hosts and cookies that the
   * configuration does not name. Only with `"audit": true` in the configuration; rejects with the code `noAudit` otherwise.
   */
  audit(): Promise<readonly { readonly code: string; readonly about: string; readonly sentence: string }[]>;
  on<Name extends keyof KelisimEvents>(name: Name, listener: (detail: KelisimEvents[Name]) => void): () => void;
  off<Name extends keyof KelisimEvents>(name: Name, listener: (detail: KelisimEvents[Name]) => void): void;
}

/**
 * What Kelisim starts with. A JSON file that is imported has a wider type than `Configuration`, so any object is taken, and
 * the compiler says what is wrong with it; `satisfies Configuration` says it while you write.
 */
export type Startable = CompiledSite | Configuration | object;

/** Where a module is that the bundler has not copied: its address, or what is in it. */
export type ModuleSource = string | URL | Response | BufferSource | WebAssembly.Module;

export interface StartOptions {
  /** Passed on to the scripts that Kelisim inserts. */
  nonce?: string;
  /** The name of Google's data layer; `dataLayer` without it. */
  layer?: string;
  /** `false`: nothing is written to the data layer. */
  google?: boolean;
  /** `kelisim.wasm`, where the bundler has not copied it. */
  module?: ModuleSource | Promise<ModuleSource>;
  /** `kelisim-compiler.wasm`, which only a configuration needs, where the bundler has not copied it. */
  compiler?: ModuleSource | Promise<ModuleSource>;
}

/**
 * Starts Kelisim from a bundle, with a compiled site or a configuration; nothing happens before. Rejects with a `KelisimError`,
 * and then everything is closed. On a page that has Kelisim already it starts nothing and resolves to that.
 */
export declare function start(site: Startable | Promise<Startable>, options?: StartOptions): Promise<Kelisim>;

declare global {
  interface Window {
    kelisim: Kelisim;
    /** Calls that wait for Kelisim: `(window.kelisimQueue = window.kelisimQueue || []).push((kelisim) => { … })`. */
    kelisimQueue?: { push(call: (kelisim: Kelisim) => void): void };
  }
}
