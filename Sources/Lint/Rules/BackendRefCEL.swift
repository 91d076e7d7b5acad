import Resources
import Kinds
import Manifest

// The admission rules of backendRefs and timeouts (domain.md 1.1, table of CEL rules).

extension Rule {
  static let groupWithKind = Rule(
    "cel.B1", .error, .admission, "group without kind, or kind without group",
    why: "Both are needed for a pool, neither for an AIServiceBackend.",
    bad: "{name: p, kind: InferencePool}",
    good: "{name: p, group: inference.networking.k8s.io, kind: InferencePool}",
    reference: "domain.md 1.1",
    .routeRule { rule, report in
      guard rule.traits.contains(.typed) else { return }
      for (index, ref) in rule.refs.enumerated() where (ref.group == nil) != (ref.kind == nil) {
        let path = Path.to("backendRefs", index)
        let isPool = ref.kind == "InferencePool" || ref.group == "inference.networking.k8s.io"
        let key = ref.kind == nil ? "group" : "kind"
        if isPool {
          let other = ref.kind == nil ? "kind" : "group"
          let value = ref.kind == nil ? "InferencePool" : "inference.networking.k8s.io"
          report.add(
            "\(key) needs \(other) beside it; write \(other) \(value)",
            at: path.appending(key), field: path, fix: "write \(other) \(value)",
            .set(path.appending(other), .string(value)))
        } else {
          report.add(
            "group and kind go together; leave both out for an AIServiceBackend",
            at: path.appending(key), field: path, fix: "remove \(key)", .remove(path.appending(key))
          )
        }
      }
    })

  static let onlyPools = Rule(
    "cel.B2", .error, .admission, "a backendRef to another kind",
    why: "Besides AIServiceBackends, which are named without group and kind, only pools are "
      + "accepted.",
    bad: "{name: s, group: gateway.envoyproxy.io, kind: Backend}", good: "{name: s}",
    reference: "domain.md 1.1",
    .routeRule { rule, report in
      guard rule.traits.contains(.typed) else { return }
      for (index, ref) in rule.refs.enumerated() {
        guard let group = ref.group, let kind = ref.kind,
          group != "inference.networking.k8s.io" || kind != "InferencePool",
          !ref.isWrittenService, !ref.hasOldPoolGroup
        else { continue }
        let path = Path.to("backendRefs", index)
        report.add(
          "kind \(kind.quoted) of group \(group.quoted) is not supported; leave both out for an "
            + "AIServiceBackend, or use InferencePool of inference.networking.k8s.io",
          at: path.appending("kind"), field: path, fix: "remove group and kind",
          .remove(path.appending("group")), .remove(path.appending("kind")))
      }
    })

  static let backendWithinRequest = Rule(
    "cel.T1", .error, .admission, "backendRequest longer than request",
    why: "The time of the backend is part of the time of the request.",
    bad: "timeouts: {request: 60s, backendRequest: 300s}",
    good: "timeouts: {request: 300s, backendRequest: 300s}", reference: "domain.md 1.1",
    .routeRule { rule, report in
      let timeouts = rule.node["timeouts"]
      guard let request = timeouts?["request"]?.text,
        let backend = timeouts?["backendRequest"]?.text
      else { return }
      let (whole, part) = (GoDuration.nanoseconds(request), GoDuration.nanoseconds(backend))
      guard whole != 0, part != 0 || whole == nil else { return }
      let path = Path.to("timeouts", "backendRequest")
      guard let whole, let part else {
        report.add(
          "backendRequest and request cannot be compared; write both as lengths of time",
          at: path, field: .to("timeouts"))
        return
      }
      guard part > whole else { return }
      guard let most = rule.request, let length = rule.backendRequest.map(GatewayDuration.text)
      else {
        report.add(
          "backendRequest is longer than request; use a shorter one", at: path,
          field: .to("timeouts"))
        return
      }
      report.add(
        "backendRequest is longer than request; use at most "
          + GatewayDuration.text(milliseconds: most), at: path, field: .to("timeouts"),
        fix: "write request \(length)", .set(.to("timeouts", "request"), .string(length)))
    })
}
