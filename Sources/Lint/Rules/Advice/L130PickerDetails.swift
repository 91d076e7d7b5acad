import Schemas
import Resources
import YAML

extension Rule {
  static let pickerDetails = Rule(
    "L130", "picker-details", .warning,
    "an InferencePool whose endpoint picker or ports do not work as written",
    why: "AI Gateway fails closed, whatever failureMode says: while the endpoint picker is down, "
      + "requests get 500. It treats the picker as a Service, whatever its kind. Requests go to "
      + "targetPorts of the Pods that the selector matches, and get 503 if nothing listens there.",
    bad: "endpointPickerRef: {name: epp, port: {number: 9002}, failureMode: FailOpen}",
    good: "endpointPickerRef: {name: epp, port: {number: 9002}}",
    reference: Citation.aiGateway("internal/extensionserver/inferencepool.go"),
    repair: .automatic,
    .bundle { bundle, report in
      let pools = bundle.inferencePools
      guard !pools.isEmpty else { return }
      let workloads = bundle.workloads(in: Set(pools.map(\.key.namespace)))
      for pool in pools {
        let path = Path.to("spec", "endpointPickerRef")
        if pool.failureMode == "FailOpen" {
          let mode = path.appending("failureMode")
          report.add(
            "AI Gateway does not honour FailOpen: without the picker requests get 500; leave it out",
            at: mode, in: pool.index, fix: "remove failureMode", .remove(mode))
        }
        if pool.pickerKind != "Service" {
          report.add(
            "AI Gateway asks Service \(pool.picker.name), not a \(pool.pickerKind); use a Service",
            at: path.appending("kind"), in: pool.index)
        }
        let near = workloads.filter { $0.key.namespace == pool.key.namespace }
        let servers = near.filter { pool.selector.fits($0.labels) }
        guard !servers.isEmpty || near.isEmpty else {
          report.add(
            "no workload here has the selector's labels", at: .to("spec", "selector"),
            in: pool.index, severity: .info)
          continue
        }
        for server in servers where !server.ports.isEmpty {
          guard let port = pool.targetPorts.first(where: { !server.ports.contains($0) }) else {
            continue
          }
          let shown = server.ports.sorted().map { String($0) }.joined(separator: ", ")
          report.add(
            "\(server.kind) \(server.key.name) names containerPort \(shown), not \(port); use a "
              + "port at which the model server listens", at: .to("spec", "targetPorts"),
            in: pool.index)
        }
      }
    })
}
