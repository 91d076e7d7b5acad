import YAML

extension Step {
  /// Step 4: backends with their weights and priorities, and what makes failover and foreign
  /// namespaces work.
  static func splitItems(_ form: FormState, rule: Int) -> [FormRow] {
    guard let node = form.rule(rule) else { return [.noRule] }
    var items: [FormRow] = []
    if FormState.isPool(node) {
      items += [.note("Not applicable: this rule's pool picks the server itself (step 7).")]
    } else {
      let list = FormState.backendRefs(rule)
      let count = node["backendRefs"]?.items.count ?? 0
      let shares = form.shares(of: node)
      items = [
        FormRow(.table(backends(node, shares, list))),
        FormRow(.buttons([Button("Add backend", .insert(.map([:]), into: list, at: count))])),
      ]
      if let text = form.describedBackends(ofRule: rule) { items.append(FormRow(.note(text))) }
      items += [
        FormRow(.note("Requests go to \(shares.summary)."), .air)
      ]
    }
    return items + retryItems(form) + form.foreignNamespaces.map { grantItem(form, $0) }
  }

  private static func backends(_ rule: Node, _ shares: TrafficShares, _ list: Address) -> Table {
    let cells: @Sendable (Int) -> [Table.Cell] = { index in
      let row = list.appending(index)
      return [
        .field(Field(row.appending("name"), "Backend", placeholder: "required")),
        .field(Field(row.appending("namespace"), "Namespace", placeholder: "(route's)")),
        .field(Field(row.appending("weight"), "Weight", placeholder: "1")),
        .field(Field(row.appending("priority"), "Priority", placeholder: "0")),
        .text(shares.text(of: index)),
      ]
    }
    return Table(
      columns: [
        .init("Backend", 0), .init("Namespace", 12), .init("Weight", 7), .init("Prio", 4),
        .init("Share of tier", 22),
      ],
      count: rule["backendRefs"]?.items.count ?? 0,
      empty: "no backends: requests of this rule get 500", record: { list.appending($0) },
      cells: cells, row: { $0.row(in: list) })
  }

  private static func retryItems(_ form: FormState) -> [FormRow] {
    let retry = Address(.retry, RetryPolicy.path)
    let toggle = FormRow(
      .toggle(
        "Write BackendTrafficPolicy for failover",
        isOn: form.writesRetry, .writeRetry(!form.writesRetry)))
    guard form.writesRetry else { return [toggle] }
    return [
      toggle,
      FormRow(
        .fields([
          Field(retry.appending("numRetries"), "Retries", placeholder: "2"),
          Field(
            retry.appending("numAttemptsPerPriority"), "Per priority", placeholder: "unlimited"),
          Field(
            retry.appending("perRetry").appending("timeout"), "Try timeout", placeholder: "none"),
        ])),
      FormRow(
        .cards([
          ("All of retry", retry), ("All of the policy", Address(.retry, Path([.key("spec")]))),
        ])),
    ]
  }

  /// An offer for each namespace, other than the route's, that backendRefs name; or for one only.
  static func grantItems(_ form: FormState, only wanted: String?) -> [FormRow] {
    form.foreignNamespaces.filter { $0 == wanted }.map { grantItem(form, $0) }
  }

  private static func grantItem(_ form: FormState, _ namespace: String) -> FormRow {
    let isOn = form.grants.contains { $0.namespace == namespace }
    return FormRow(
      .toggle(
        "Write 2 ReferenceGrants for \(namespace)", isOn: isOn,
        .writeGrants(namespace: namespace, !isOn)))
  }
}
