import Schemas
package import YAML

extension ControllerConfiguration {
  /// Why Envoy Gateway does not start with its configuration, in its words and with the place in it;
  /// nil where it does (envoyproxy/gateway v1.8.1, api/v1alpha1/validation/envoygateway_validate.go).
  package var refusal: (path: Path, condition: String)? {
    guard let node = envoyGateway else { return nil }
    return ControllerConfiguration.watch(in: node) ?? ControllerConfiguration.levels(in: node)
      ?? ControllerConfiguration.limits(in: node) ?? ControllerConfiguration.extensions(in: node)
  }

  private static func watch(in node: Node) -> (path: Path, condition: String)? {
    let path = Path.to("provider", "kubernetes", "watch")
    guard let watch = node[path], !watch.isNull else { return nil }
    let type = watch.given("type")?.text ?? ""
    guard !Variable.isIn(type) else { return nil }
    switch type {
    case "Namespaces":
      return watch.list("namespaces").isEmpty
        ? (
          path,
          "namespaces should be specified when envoy gateway watch mode is 'Namespaces'"
        ) : nil
    case "NamespaceSelector":
      return watch.given("namespaceSelector") == nil
        ? (
          path,
          "namespaceSelector should be specified when envoy gateway watch mode is "
            + "'NamespaceSelector'"
        ) : nil
    case _:
      return (
        path.appending("type"),
        "envoy gateway watch mode invalid, should be 'Namespaces' or 'NamespaceSelector'"
      )
    }
  }

  private static func levels(in node: Node) -> (path: Path, condition: String)? {
    let path = Path.to("logging", "level")
    for entry in node[path]?.entries ?? [] {
      let place = path.appending(entry.key)
      guard components.contains(entry.key) else {
        return (
          place,
          "envoy gateway logging components invalid. valid options: "
            + "system/provider/gateway-api/xds-translator/xds-server/xds/infrastructure"
        )
      }
      let level = entry.value.text ?? ""
      guard Variable.isIn(level) || ["info", "debug", "warn", "error"].contains(level) else {
        return (
          place, "envoy gateway logging level invalid. valid options: info/debug/warn/error"
        )
      }
    }
    return nil
  }

  private static let components = [
    "default", "provider", "gateway-api", "xds-translator", "xds-server", "xds", "infrastructure",
    "global-ratelimit",
  ]

  private static func limits(in node: Node) -> (path: Path, condition: String)? {
    guard let limit = node.given("rateLimit") else { return nil }
    let path = Path.to("rateLimit", "backend")
    let type = limit.given("backend", "type")?.text ?? ""
    if type != "Redis", !Variable.isIn(type) {
      return (path, "unsupported ratelimit backend \(type)")
    }
    return limit.given("backend", "redis", "url")?.text ?? "" == ""
      ? (path, "empty ratelimit redis settings") : nil
  }

  private static func extensions(in node: Node) -> (path: Path, condition: String)? {
    let list = node.list("extensionManagers")
    if let single = node.given("extensionManager") {
      return list.isEmpty
        ? manager(single, at: .to("extensionManager"))
        : (
          .to("extensionManagers"),
          "extensionManager and extensionManagers are mutually exclusive"
        )
    }
    var names: Set<String> = []
    for (index, item) in list.enumerated() {
      let path = Path.to("extensionManagers", index)
      let name = item.given("name")?.text ?? ""
      if name.isEmpty { return (path, "extension manager at index \(index): name is required") }
      if !names.insert(name).inserted {
        return (path, "extension manager at index \(index): duplicate name \(name.quoted)")
      }
      if let refusal = manager(item, at: path) { return refusal }
    }
    return nil
  }

  private static func manager(_ node: Node, at path: Path) -> (path: Path, condition: String)? {
    let hooks = node.given("hooks", "xdsTranslator")
    if ["pre", "post"].allSatisfy({ hooks?.list($0).isEmpty ?? true }) {
      return (path, "registered extension has no hooks specified")
    }
    guard let service = node.given("service") else {
      return (path, "extension service config is empty")
    }
    switch ["fqdn", "ip", "unix", "host"].count(where: { service.given($0) != nil }) {
    case 0: return (path, "extension service must contain a configured target")
    case 1: return nil
    case _:
      return (path, "only one backend target can be configured for the extension manager")
    }
  }
}
