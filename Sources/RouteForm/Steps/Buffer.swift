import Schemas
import YAML

extension Step {
  /// Step 1: the ClientTrafficPolicy.
  static func bufferItems(_ form: FormState) -> [FormRow] {
    let policy = Address(.policy, .root)
    let limit = policy.appending("spec").appending("connection").appending("bufferLimit")
    let metadata = policy.appending("metadata")
    let toggle = FormRow(
      .toggle(
        "Write ClientTrafficPolicy", isOn: form.writesPolicy,
        .writePolicy(!form.writesPolicy)))
    guard form.writesPolicy else {
      return [
        toggle,
        .note(
          "Without one, requests above \(RuntimeDefault.bufferLimit) bytes get 413 Payload Too Large."
        ),
        .note("Leave it off only if a policy for this Gateway exists already."),
      ]
    }
    return [
      .field(limit, "Buffer limit", "\(RuntimeDefault.bufferLimit) bytes"),
      FormRow(
        .buttons(["1Mi", "10Mi", "50Mi", "200Mi"].map { Button($0, .fill(limit, $0)) })),
      .field(metadata.appending("name"), "Policy name"),
      .field(metadata.appending("namespace"), "Namespace", "the Gateway's"),
      .field(
        policy.appending("spec").appending("targetRefs").appending(0).appending("name"), "Gateway",
        "as in step 2"),
      .field(
        policy.appending("spec").appending("targetRefs").appending(0).appending("sectionName"),
        "Section name", "all listeners"),
      toggle,
      FormRow(.cards([("All of the policy", policy.appending("spec"))])),
      .note(
        "Without it requests above \(RuntimeDefault.bufferLimit) bytes get 413. 50Mi suits most "
          + "prompts."),
    ]
  }
}
