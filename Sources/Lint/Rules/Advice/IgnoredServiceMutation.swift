import Manifest
import Resources

extension Rule {
  static let ignoredServiceMutation = Rule(
    "headers.ignored.service", .warning, "a header that AI Gateway leaves alone",
    why: ignoredMutation.why, bad: ignoredMutation.bad,
    good: "modelNameOverride in the route's backendRef", reference: ignoredMutation.reference,
    .service { service, report in
      report.tellIgnored(service.node["spec"]?.given("headerMutation"), at: .to("spec"))
    })
}
