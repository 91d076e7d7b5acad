import YAML

extension Step {
  /// Step 7: a rule's InferencePool (one a rule, never beside AIServiceBackends).
  static func poolItems(_ form: FormState, rule: Int) -> [FormRow] {
    guard let node = form.rule(rule) else { return [.noRule] }
    let isPool = FormState.isPool(node)
    let toggle = FormRow(
      .toggle(
        "Send this rule to an InferencePool", isOn: isPool,
        isPool ? .useBackends(rule: rule) : .usePool(rule: rule, keeping: false)))
    guard isPool else {
      let lost = form.lostToPool(rule: rule)
      return [
        toggle,
        .note("Needs the Gateway API Inference Extension in the cluster."),
        .note("One pool a rule, and no AIServiceBackend beside it."),
      ]
        + (lost.isEmpty ? [] : [.note("Switching stops:")])
        + lost.map { .note("- \($0)") }
    }
    let ref = FormState.backendRefs(rule).appending(0)
    return [
      toggle,
      .field(ref.appending("name"), "Pool name", "required, e.g. my-inference-pool"),
      .field(ref.appending("namespace"), "Namespace", "the route's"),
      FormRow(.cards([("All of the reference", ref)])),
    ] + poolObjectItems(form, ref) + [
      .note("The pool's endpoint picker chooses the server; weight and priority mean nothing."),
      .note("It has no fallback: a provider cannot stand in the same rule."),
    ] + grantItems(form, only: form.value(at: ref)?["namespace"]?.text)
  }

  /// The InferencePool itself, as far as it is written.
  private static func poolObjectItems(_ form: FormState, _ row: Address) -> [FormRow] {
    guard let ref = form.placedRef(at: row), !ref.name.isEmpty else {
      return []
    }
    let written = form.provider(for: ref).flatMap { index in
      form.providers[index][.preset] == FormState.writtenPool ? index : nil
    }
    let toggle = FormRow(
      .toggle(
        "Write the InferencePool", isOn: written != nil, .writePool(at: row, written == nil)))
    guard let index = written else { return [toggle] }
    let spec = Address(.part(.pool, index), Path([.key("spec")]))
    return [
      toggle,
      FormRow(
        .fields([
          Field(
            spec.appending("targetPorts").appending(0).appending("number"), "Port of the Pods"),
          Field(spec.appending("endpointPickerRef").appending("name"), "Picker Service"),
        ])),
      FormRow(
        .cards([
          ("Labels of the Pods", spec.appending("selector").appending("matchLabels")),
          ("All of the pool", spec),
        ])),
    ]
  }
}
