import YAML

/// A route with the names of its rules, by which policies attach to them.
package struct RuleNames: Sendable {
  package let route: ObjectKey
  package let attachment: GatewayAttachment
  /// Each once; nil for rules without a name.
  package let names: Set<String?>
}

extension ResourceIndex {
  /// The rules of all AI routes and plain HTTPRoutes.
  package var ruleNames: [RuleNames] {
    routes.map { _, route in
      RuleNames(
        route: route.key, attachment: route.attachment, names: Set(route.rules.map(\.name)))
    }
      + plainHTTPRoutes.map { _, route in
        RuleNames(
          route: route.key, attachment: route.attachment,
          names: Set((route.node["spec"]?.list("rules") ?? []).map { $0["name"]?.text }))
      }
  }
}
