// The style sheet, which travels without what it repeats most: `xtask/src/build/styles.rs` takes both out, and the build
// fails where this does not put the very same back.
export const styles = __KELISIM_STYLES__.replace(/[^}](?=[;}])/g, "$&!important").replaceAll("&", "#kelisim-root");
