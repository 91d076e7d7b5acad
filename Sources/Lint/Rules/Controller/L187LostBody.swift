import Resources
import Schemas
import YAML

extension Rule {
  static let lostBody = Rule(
    "L187", "lost-body", .warning, .controller,
    "a service that gets request bodies which AI Gateway then writes anew",
    why:
      "AI Gateway reads the body before the services of an EnvoyExtensionPolicy do, and keeps it. "
      + "For a backend with another schema, model or body it makes a new body of that one: what a "
      + "service changed, such as names that it masked, reaches the provider as the client wrote it.",
    bad: "extProc: [{processingMode: {request: {body: Buffered}}}], modelNameOverride: m",
    good: "the same without modelNameOverride and bodyMutation, to a backend of schema OpenAI",
    reference: Citation.aiGateway("internal/extproc/processor_impl.go"),
    .bundle { index, report in
      guard !index.policies(.extensions).isEmpty else { return }
      var reported: Set<Int> = []
      for (_, route) in index.routes {
        for rule in route.rules {
          guard
            let ref = rule.refs.first(where: {
              $0.isLive && index.treatment(of: $0, in: route).writesBody
            })
          else { continue }
          for place in index.places(of: route.attachment) {
            let holder = index.policies(
              .extensions, onRule: rule.name, of: route.key, gateway: place.gateway,
              listener: place.listener
            ).first
            guard let holder, let path = holder.policy.bodyReader,
              reported.insert(holder.index).inserted
            else { continue }
            report.add(
              "for backendRef \(ref.name) of \(route.name) AI Gateway writes the body anew from the "
                + "client's: what this service changes in it is lost; let it refuse requests only",
              at: path, in: holder.index)
          }
        }
      }
    })
}

extension Policy {
  /// Where an EnvoyExtensionPolicy has the bodies of requests sent to a service, nil where it does not.
  fileprivate var bodyReader: Path? {
    for (place, service) in spec.list("extProc").enumerated() {
      if service.given("processingMode", "request", "body") != nil {
        return .to("spec", "extProc", place, "processingMode", "request", "body")
      }
    }
    return nil
  }
}
