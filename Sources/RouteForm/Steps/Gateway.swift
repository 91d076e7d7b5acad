import YAML

extension Step {
  /// Step 2: the route's identity and its parentRefs.
  static func gatewayItems(_ form: FormState) -> [FormRow] {
    let metadata = Address.route(.key("metadata"))
    let route = Address(.route, .root)
    return [
      .field(metadata.appending("name"), "Route name", "required, e.g. openai-route"),
      .field(metadata.appending("namespace"), "Namespace", "kubectl's default"),
      .field(route.appending("apiVersion"), "API version"),
      FormRow(.table(parents(form))),
      FormRow(
        .buttons(
          [
            Button(
              "Add Gateway",
              .insert(Template.parentRef, into: FormState.parentList, at: form.parentRefs.count))
          ] + gatewayButtons(form))),
      FormRow(
        .cards(
          [
            ("Hostnames", Address.route(.key("spec"), .key("hostnames"))),
            ("Labels", metadata.appending("labels")),
            ("Annotations", metadata.appending("annotations")),
            ("All of the spec", Address.route(.key("spec"))),
          ] + (form.writesGateway ? [("Gateway", Address(.gateway, Path([.key("spec")])))] : [])
            + (form.writesProxy ? [("EnvoyProxy", Address(.proxy, Path([.key("spec")])))] : []))),
    ] + [
      .note("The controller makes an HTTPRoute of the same name; policies target that.")
    ]
  }

  /// What there is to do with a Gateway that is written.
  private static func gatewayButtons(_ form: FormState) -> [Button] {
    guard form.writesGateway else { return [Button("Write Gateway", .writeGateway(true))] }
    let listeners = Address(.gateway, Path([.key("spec"), .key("listeners")]))
    let count = form.value(at: listeners)?.items.count ?? 0
    let name = form.parentRefs.first?["name"]?.scalar?.text ?? "gateway"
    return [
      Button("Leave out Gateway", .writeGateway(false)),
      Button(
        form.writesClass ? "Leave out its class" : "Write its class",
        .writeClass(!form.writesClass)),
      Button(
        "Add https",
        .insert(form.httpsListener(secret: "\(name)-cert"), into: listeners, at: count)),
    ]
  }

  private static func parents(_ form: FormState) -> Table {
    let list = FormState.parentList
    let cells: @Sendable (Int) -> [Table.Cell] = { index in
      let row = list.appending(index)
      return [
        .field(Field(row.appending("name"), "Gateway", placeholder: "required")),
        .field(Field(row.appending("namespace"), "Namespace", placeholder: "(route's)")),
        .field(Field(row.appending("sectionName"), "Section", placeholder: "(all)")),
        .field(Field(row.appending("port"), "Port", placeholder: "(any)")),
      ]
    }
    return Table(
      columns: [
        .init("Gateway", 0), .init("Namespace", 18), .init("Section", 14), .init("Port", 7),
      ],
      count: form.parentRefs.count, empty: "no Gateway: the route attaches to nothing",
      record: { list.appending($0) }, cells: cells, row: { $0.row(in: list) })
  }
}

extension Address {
  /// The row of `list` that this address lies in, nil outside it.
  package func row(in list: Address) -> Int? {
    guard isWithin(list), path.count > list.path.count,
      case .index(let index) = path.steps[list.path.count]
    else { return nil }
    return index
  }
}
