import Schemas
import YAML

extension Step {
  /// Step 5: how long an answer may take.
  static func timeoutItems(_ form: FormState, rule: Int) -> [FormRow] {
    guard form.rule(rule) != nil else { return [.noRule] }
    let address = FormState.ruleList.appending(rule)
    let request = address.appending("timeouts").appending("request")
    let backend = address.appending("timeouts").appending("backendRequest")
    return [
      .field(request, "Request", "\(RuntimeDefault.requestTimeout) by the controller"),
      FormRow(
        .buttons([
          Button("Chat 60s", .fill(request, "60s")),
          Button("Streaming 300s", .fill(request, "300s")),
          Button("Batch 1800s", .fill(request, "1800s")), Button("Unset", .fill(request, "")),
        ])),
      .field(backend, "Backend request", "as the request"),
      .field(address.appending("streamIdleTimeout"), "Stream idle", "off; since 1.1"),
      FormRow(.note(""), .air),
      .note("Request: from the first byte in to the last byte out, streaming included."),
      .note("Backend request: replaces the request timeout; it is the total, not per try."),
      .note("Stream idle: cuts a try that sends nothing for so long; fails over only with retry."),
    ]
  }
}
