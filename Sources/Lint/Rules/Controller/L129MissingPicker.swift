import Schemas
import Resources
import YAML

extension Rule {
  static let missingPicker = Rule(
    "L129", "missing-picker", .warning, .controller,
    "an InferencePool whose endpoint picker is missing",
    why: "AI Gateway calls the endpoint picker at PICKER.NAMESPACE.svc in the pool's namespace, "
      + "over TLS. If that Service is missing or has another port, every request to the pool gets "
      + "500.",
    bad: "endpointPickerRef: {name: epp, port: {number: 9002}}, Service {ports: [{port: 9003}]}",
    good: "endpointPickerRef: {name: epp, port: {number: 9002}}, Service {ports: [{port: 9002}]}",
    reference: Citation.aiGateway("internal/extensionserver/inferencepool.go"),
    repair: .automatic,
    .bundle { bundle, report in
      let pools = bundle.inferencePools
      guard !pools.isEmpty else { return }
      let presence = ObjectPresence(of: bundle.servicePorts.keys)
      for pool in pools {
        let path = Path.to("spec", "endpointPickerRef")
        if let missing = presence.missingObject(pool.picker) {
          report.addMissing(
            "Service", pool.picker, missing, effect: "requests to the pool get 500",
            at: path.appending("name"), in: pool.index)
        } else if let ports = bundle.servicePorts[pool.picker], let first = ports.first,
          !bundle.openServices.contains(pool.picker), !ports.contains(pool.pickerPort)
        {
          let shown = ports.map { String($0) }.joined(separator: ", ")
          report.add(
            "the picker is asked at port \(pool.pickerPort), and Service \(pool.picker.name) has "
              + "\(shown): requests to the pool get 500; use "
              + (ports.count == 1 ? "\(first)" : "one of them"),
            at: path.appending(.to("port", "number")), in: pool.index, severity: .error)
          guard ports.count == 1 else { continue }
          report.attach(
            Fix(
              "write port \(first)",
              [
                .set(
                  document: pool.index, path.appending(.to("port", "number")), .integer(first))
              ]))
        }
      }
    })
}
