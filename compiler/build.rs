//! A language or a vendor is a file that is added to its folder: the crate is then built anew.

fn main() {
    println!("cargo:rerun-if-changed=src/languages");
    println!("cargo:rerun-if-changed=src/catalogue");
    println!("cargo:rerun-if-changed=templates");
}
