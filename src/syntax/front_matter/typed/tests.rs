//! What is read of a tree, held against serde_yaml, and where its faults are.

use serde_yaml::Value;

use super::*;
use crate::syntax::front_matter::yaml;

fn read<T: serde::de::DeserializeOwned>(text: &str) -> (Option<T>, Vec<String>) {
    let tree = yaml(text, Span::new(0, text.len()));
    assert!(tree.faults.is_empty(), "{:?}", tree.faults);
    let (value, faults) = Source::of(&tree).read::<T>();
    let shown = |fault: Fault| format!("{} | {}", &text[fault.span], fault.message);
    (value, faults.into_iter().map(shown).collect())
}

#[test]
fn values_mean_what_they_mean_to_serde_yaml() {
    for value in [
        "", "~", "null", "Null", "NULL", "nULL", "true", "True", "TRUE", "tRUE", "yes", "off", "No", "0", "-0", "7",
        "+7", "-7", "007", "0o17", "017", "0x1f", "-0x1F", "0b101", "1_000", "1,000", "22:30", "1.5", "-1.5e3", "1e5",
        ".5", ".inf", "-.INF", ".nan", "1.", "1.2.3", "18446744073709551615", "-9223372036854775808", "2022-10-03",
        "2022-10-03 10:00:00", "글", "a b", "'7'", "\"7\"", "''", "'it''s'", "\"\\u0041\\n\"", "!!str 7", "!!str",
        "!!int 7", "!!int '7'", "!!float 1", "!!bool 'true'", "[a, 1, ~]", "[]", "{a: 1, b: [c]}", "{}",
        "|\n  a\n  b\n", ">-\n  a\n  b\n", "\n- a\n- - b\n  -\n- c: d\n", "&x [1, 2]", "[&x {a: 1}, *x, &x 2, *x]",
        "a # b", "a#b", "\n  b: 1\n  c:\n",
    ] {
        let text = format!("key: {value}\nlast: 1\n");
        let theirs: Value = serde_yaml::from_str(&text).expect("what serde_yaml reads");
        assert_eq!(read::<Value>(&text), (Some(theirs), vec![]), "{text}");
    }
}

#[derive(Debug, Default, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a mapping such as `{flag: true}`")]
struct Form {
    flag: bool,
    small: u8,
    texts: Vec<String>,
    inner: Option<Box<Form>>,
    asked: Option<Asked>,
    name: Option<Name>,
}

#[derive(Debug, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    wanted: String,
}

#[derive(Debug, PartialEq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
enum Name {
    One,
    Two,
}

#[test]
fn every_type_is_read() {
    let text = "flag: True\nsmall: 0xff\ntexts: [7, a]\ninner: {texts: }\nasked: {wanted: 2022}\nname: 'two'\n";
    let theirs: Form = serde_yaml::from_str(text).expect("what serde_yaml reads");
    assert_eq!(read::<Form>(text), (Some(theirs), vec![]));
}

#[test]
fn every_fault_is_at_its_place() {
    let wrong = |text: &str| read::<Form>(text).1;
    for (text, fault) in [
        ("flag: yes", "yes | expected `true` or `false`, found the text `yes`"),
        ("small: 300", "300 | expected a whole number from 0 to 255, found the number `300`"),
        ("small: -1", "-1 | expected a whole number from 0 to 255, found the number `-1`"),
        ("small: '1'", "'1' | expected a whole number, found the text `1`"),
        ("small:", "small | expected a whole number, found nothing"),
        ("texts: a", "a | expected a list, found the text `a`"),
        ("texts: [a, [b]]", "[b] | expected a text, found a list"),
        ("texts:\n- 가\n-\n  나: 다\n", "나: 다 | expected a text, found a mapping"),
        ("inner: {inner: {flg: true}}", "flg | unknown key `flg`"),
        ("inner:\n  - a", "inner | expected a mapping such as `{flag: true}`, found a list"),
        ("asked: {}", "asked | the key `wanted` is missing"),
        ("name: three", "three | unknown value `three`"),
        ("name: {one: two}", "{one: two} | expected `one` or `two`, found a mapping"),
        ("name: ''", "'' | unknown value ``"),
        ("texts: &x [a]\nflag: *x", "*x | expected `true` or `false`, found a list"),
        ("texts: [&x [a], *x]", "[a] | expected a text, found a list"),
        ("&k texts: [*k]", "*k | `*k` repeats a key; only values can be repeated"),
    ] {
        assert_eq!(wrong(text).first().map(String::as_str), Some(fault), "{text}");
    }
}

#[test]
fn aliases_grow_only_so_far() {
    for text in ["a: &x [*x, *x]", "a: &x {b: *x}"] {
        assert!(!read::<Value>(text).1.is_empty(), "{text}");
    }
    let tenfold = |at: usize| format!("a{at}: &a{at} [{}]\n", vec![format!("*a{}", at - 1); 10].join(", "));
    let text = (1..20).fold("a0: &a0 [x]\n".to_owned(), |text, at| text + &tenfold(at));
    assert!(!read::<Value>(&text).1.is_empty());
}
