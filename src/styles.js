// Style sheets travel without what they repeat most: `xtask/src/build/styles.rs` takes both out, and the build fails where
// this does not put the very same back.
export const whole = (styles) => styles.replace(/[^}](?=[;}])/g, "$&!important").replaceAll("&", "#kelisim-root");
