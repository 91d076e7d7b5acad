import Resources
import Schemas

extension Rule {
  static let jointConfiguration = Rule(
    "L158.joint", "invalid-joint-configuration", .error, .controller,
    "values of several objects that make the configuration of a whole Gateway invalid",
    why: "Users of a SecurityPolicy stand in a Secret, as does the certificate of a listener, and "
      + "an answer in an HTTPRouteFilter. What Envoy Gateway takes there Envoy may refuse with all "
      + "that is configured anew, and what two filters write alike makes Envoy Gateway publish "
      + "nothing. The status says Accepted.",
    bad: "Secret {stringData: {.htpasswd: two lines for user ada}}",
    good: "Secret {stringData: {.htpasswd: one line for user ada}}",
    reference: Citation.envoy("source/extensions/filters/http/basic_auth/config.cc"),
    .bundle { index, report in
      let own = Set(index.ownGateways.map(\.value.index))
      for document in index.current where document.kind != "Gateway" || own.contains(document.index)
      {
        for setting in index.jointSettings(of: document) {
          report.add(
            "\(setting.effect); \(setting.advice)", at: setting.path, in: document.index)
        }
      }
    })
}
