import YAML

extension Step {
  /// Step 3: the rules and what each of them takes.
  static func matchItems(_ form: FormState, rule: Int) -> [FormRow] {
    let ruleButtons = FormRow(.buttons(rules(form, rule)))
    guard let node = form.rule(rule) else {
      return [.note("This route has no rules: it serves nothing."), ruleButtons]
    }
    let address = FormState.ruleList.appending(rule)
    let matches = FormState.matches(rule)
    let count = node["matches"]?.items.count ?? 0
    var matchButtons = [
      Button("Add match", .insert(Template.match(model: nil), into: matches, at: count))
    ]
    if count > 0 {
      let headers = matches.appending(count - 1).appending("headers")
      matchButtons.append(
        Button(
          "Add header",
          .insert(
            Template.header(name: nil, value: nil), into: headers,
            at: form.value(at: headers)?.items.count ?? 0)))
    }
    return [
      FormRow(.table(headers(node, matches))),
      FormRow(.buttons(matchButtons)),
      .field(address.appending("name"), "Rule name", "optional; since 1.1"),
      FormRow(
        .fields([
          Field(address.appending("modelsOwnedBy"), "Owner", placeholder: "Envoy AI Gateway"),
          Field(address.appending("modelsCreatedAt"), "Created", placeholder: "the route's"),
        ])),
      ruleButtons,
    ]
  }

  private static func rules(_ form: FormState, _ rule: Int) -> [Button] {
    let list = FormState.ruleList
    var buttons = [Button("Add rule", .insert(Template.rule, into: list, at: form.rules.count))]
    guard form.rule(rule) != nil else { return buttons }
    buttons.append(Button("Duplicate rule", .duplicate(in: list, at: rule)))
    buttons.append(Button("Remove rule", .remove(from: list, at: rule)))
    if rule > 0 { buttons.append(Button("Earlier", .move(in: list, from: rule, to: rule - 1))) }
    if rule + 1 < form.rules.count {
      buttons.append(Button("Later", .move(in: list, from: rule, to: rule + 1)))
    }
    return buttons
  }

  /// One row a header, over all matches of the rule.
  private static func headers(_ rule: Node, _ matches: Address) -> Table {
    var places: [(match: Int, header: Int)] = []
    for (match, node) in (rule["matches"]?.items ?? []).enumerated() {
      let count = node["headers"]?.items.count ?? 0
      places += (0..<max(count, 1)).map { (match, $0) }
    }
    let rows = places
    let record: @Sendable (Int) -> Address = {
      matches.appending(rows[$0].match).appending("headers").appending(rows[$0].header)
    }
    let cells: @Sendable (Int) -> [Table.Cell] = { index in
      let row = record(index)
      let place = rows[index]
      let joint = place.header > 0 ? "and" : place.match > 0 ? "or \(place.match + 1)" : "1"
      return [
        .text(joint), .field(Field(row.appending("name"), "Header", placeholder: "any header")),
        .field(Field(row.appending("type"), "Type", placeholder: "Exact")),
        .field(Field(row.appending("value"), "Value", placeholder: "required, e.g. gpt-4o-mini")),
      ]
    }
    var table = Table(
      columns: [.init("Match", 5), .init("Header", 18), .init("Type", 9), .init("Value", 0)],
      count: rows.count, empty: "no matches: this rule takes every model (catch-all)",
      record: record, cells: cells,
      row: { address in
        guard let match = address.row(in: matches) else { return nil }
        let header =
          address.row(in: matches.appending(match).appending("headers")) ?? 0
        return rows.firstIndex { $0.match == match && $0.header == header }
      })
    table.initialField = 2
    return table
  }
}
