import YAML

extension Step {
  /// Step 6: what each backend is sent.
  static func overrideItems(_ form: FormState, rule: Int, row: Int?) -> [FormRow] {
    guard let node = form.rule(rule) else { return [.noRule] }
    if FormState.isPool(node) {
      return [.note("Not applicable: an InferencePool ignores overrides (step 7).")]
    }
    let list = FormState.backendRefs(rule)
    let asked = models(of: node)
    let refs = node["backendRefs"]?.items ?? []
    let cells: @Sendable (Int) -> [Table.Cell] = { index in
      let row = list.appending(index)
      let ref = refs[index]
      let sent = ref["modelNameOverride"]?.scalar?.text
      return [
        .text(ref["name"]?.scalar?.text ?? "(no name)"),
        .field(Field(row.appending("modelNameOverride"), "Model sent", placeholder: "(unchanged)")),
        .text("\(asked) -> \(sent ?? asked)"),
      ]
    }
    let count = refs.count
    let table = Table(
      columns: [.init("Backend", 14), .init("Model sent", 0), .init("Asked -> sent", 24)],
      count: count, empty: "no backends in this rule", record: { list.appending($0) },
      cells: cells, row: { $0.row(in: list) })
    let places = row.map { $0 < count ? $0..<$0 + 1 : 0..<0 } ?? 0..<min(count, 3)
    let shown = places.map { index in
      FormRow(
        .cards([
          ("Headers of backend \(index + 1)", list.appending(index).appending("headerMutation")),
          ("Body of backend \(index + 1)", list.appending(index).appending("bodyMutation")),
        ]))
    }
    let effects = (row == nil ? 0..<0 : places).map { index in
      let name = refs[index]["name"]?.scalar?.text ?? "backend \(index + 1)"
      let sent = refs[index]["modelNameOverride"]?.scalar?.text ?? asked
      return FormRow.note("The client asks for \(asked), and \(name) is sent \(sent).")
    }
    return [FormRow(.table(table))] + shown + effects + [
      .note("Routing and rate limits saw the name the client asked for.")
    ]
      + (row == nil && count > 3
        ? [.note("Further backends: go to \(list)[3].headerMutation, and so on.")] : [])
  }

  private static func models(of rule: Node) -> String {
    let found = (rule["matches"]?.items ?? []).compactMap { match in
      match["headers"]?.items.first(where: Template.isModelHeader)?["value"]?.text
    }
    guard let first = found.first else { return "any model" }
    return found.count == 1 ? first : "\(first)..."
  }
}
