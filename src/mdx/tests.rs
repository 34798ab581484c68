use super::*;

#[derive(serde::Deserialize)]
struct Case {
    source: String,
    stops: bool,
    /// It is not told, for want of a parser.
    #[serde(default)]
    open: bool,
}

/// Asked of @mdx-js/mdx 3.1.1 with remark-gfm and remark-math.
#[test]
fn what_stops_the_build() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("../../tests/data/mdx.json")).expect("a list of cases");
    let mut wrong = Vec::new();
    for Case { source, stops, open } in cases {
        let reading = read(&source, Span::new(0, source.len()), Mdx::default(), true);
        let lacks = |component: &Component| {
            let name = component.name.split('.').next().unwrap_or_default();
            !reading.names.contains(name)
        };
        let told = !reading.faults.is_empty() || reading.components.iter().any(lacks);
        if told != (stops && !open) {
            wrong.push(format!("{source:?} {}: {:?}", if stops { "stops" } else { "is fine" }, reading.faults));
        }
        for fault in &reading.faults {
            assert!(source.get(fault.span.range()).is_some_and(|text| !text.is_empty()), "{source:?} {fault:?}");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
