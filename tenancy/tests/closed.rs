//! What must not compile: ways from a handle to what it wraps.

#[test]
fn there_is_no_way_from_a_handle_to_what_it_wraps() {
    trybuild::TestCases::new().compile_fail("tests/closed/*.rs");
}
