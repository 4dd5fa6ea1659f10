use rbo::values::normalise_email;

#[test]
fn an_address_is_compared_without_case_and_space() {
    assert_eq!(normalise_email(" Stefan@Example.CH "), "stefan@example.ch");
}
