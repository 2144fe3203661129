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

/** Something wrong in a configuration: where, what, and what helps to mend it. */
export interface Problem {
  /** `services[1].country`; not there for the document as a whole. */
  readonly path?: string;
  readonly code: string;
  readonly hint?: string;
}

/** What `ready` rejects with; everything is closed then. */
export interface Failure {
  /** `mangled`, `blocked`, `unreachable`, `noConfiguration` or `configuration`. */
  readonly code: string;
  /** Of `configuration`, every problem; none where `diagnosis.wasm`, which names them, could not be fetched. */
  readonly problems: readonly Problem[];
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
  /** Resolves when the configuration was checked and what was granted before has been started. */
  readonly ready: Promise<Kelisim>;
  readonly version: string;
  /** Starts with a configuration, where the tag names none. */
  start(configuration: object): Promise<Kelisim>;
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
  /**
   * What the page does besides Kelisim: vendors' tags, pixels and hints that stand in it, hosts and cookies that the
   * configuration does not name. Only with `"audit": true` in the configuration; rejects with `{code: "noAudit"}` otherwise.
   */
  audit(): Promise<readonly { readonly code: string; readonly about: string; readonly sentence: string }[]>;
  on<Name extends keyof KelisimEvents>(name: Name, listener: (detail: KelisimEvents[Name]) => void): void;
  off<Name extends keyof KelisimEvents>(name: Name, listener: (detail: KelisimEvents[Name]) => void): void;
}

/** Starts Kelisim from a bundle; nothing happens before. */
export function start(
  configuration: object,
  options?: { base?: string; nonce?: string; layer?: string; google?: boolean },
): Promise<Kelisim>;

declare global {
  interface Window {
    kelisim: Kelisim;
    /** Calls that wait for Kelisim: `(window.kelisimQueue = window.kelisimQueue || []).push((kelisim) => { … })`. */
    kelisimQueue?: { push(call: (kelisim: Kelisim) => void): void };
  }
}
