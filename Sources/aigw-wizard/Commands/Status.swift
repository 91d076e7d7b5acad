import ArgumentParser
import Cluster
import Resources
import YAML

/// `aigw-wizard status NS/NAME`: the status of a route in the cluster, and why.
struct Status: Subcommand {
  static let configuration = CommandConfiguration.command(
    "status", "[<options>] [<namespace>/]<name>",
    "Shows the status of a route in the cluster, and what to do about problems.",
    exit: "0 no problem, 1 status unknown, 2 wrong usage, 4 a problem was found")
  static let formats = ReportFormat.names

  @Argument(
    help: ArgumentHelp("The AIGatewayRoute.", valueName: "[namespace/]name"))
  var route: String
  @Option(help: ArgumentHelp("The output format.", valueName: "format"))
  var format = ReportFormat.text
  @OptionGroup(title: "The cluster") var cluster: ClusterOptions

  func validate() throws { try Self.checkRoute(route) }

  func perform() throws(Failure) -> Int32 {
    guard let snapshot = cluster.snapshot() else { return Exit.unreadable }
    let key = ObjectKey(named: route, in: snapshot.setting.namespace)
    let status: RouteStatus?
    do throws(ClusterError) {
      status = try cluster.kubectl.status(of: key, in: snapshot)
    } catch {
      ClusterOptions.printMessage(of: error)
      return Exit.unreadable
    }
    guard let status else {
      Streams.printMessage(
        "aigw-wizard: no AIGatewayRoute \(key) in cluster \(snapshot.setting.context)"
          + Self.neighbours(of: key, in: snapshot))
      return Exit.different
    }
    let text =
      format == .json
      ? status.node.json : Streams.shown(status.lines.map(\.text).joined(separator: "\n"))
    guard Streams.write(Array((text + "\n").utf8), to: 1) else { return Exit.unreadable }
    switch status.state {
    case .well: return Exit.done
    case .broken: return Exit.different
    case .unknown: return Exit.unreadable
    }
  }

  private static func neighbours(of key: ObjectKey, in snapshot: ClusterSnapshot) -> String {
    let names = snapshot.objects.filter { $0["kind"]?.text == "AIGatewayRoute" }
      .map { ObjectKey(of: $0) }.sorted()
    guard !names.isEmpty else { return "; there are none" }
    let few = names.prefix(8).map(\.description).joined(separator: ", ")
    return "; there are \(few)\(names.count > 8 ? ", ..." : "")"
  }
}

extension ObjectKey {
  /// Reads `namespace/name`, or a name in a namespace.
  init(named text: String, in namespace: String) {
    self = text.utf8.contains(UInt8(ascii: "/")) ? ObjectKey(text) : ObjectKey(namespace, text)
  }
}

extension RouteStatus {
  /// As JSON has it; its keys are a contract.
  fileprivate var node: Node {
    .map([
      "route": .string("\(route)"), "state": .string(state.rawValue),
      "problem": firstProblem.map(\.node) ?? .null, "links": .sequence(links.map(\.node)),
      "gateways": .sequence(gatewayAddresses.map(\.node)),
      "unknown": .sequence(gaps.map(Node.string)),
    ])
  }
}

extension RouteStatus.Link {
  fileprivate var node: Node {
    .map([
      "object": .string(object), "state": .string(state.rawValue), "message": .string(message),
      "advice": advice.map(Node.string) ?? .null,
    ])
  }
}

extension RouteStatus.GatewayAddress {
  fileprivate var node: Node {
    .map([
      "gateway": .string("\(gateway)"), "listener": .string(listener),
      "url": url.map(Node.string) ?? .null, "curl": curl.map(Node.string) ?? .null,
    ])
  }
}
