//! What painting a page costs.
fn main() {}
