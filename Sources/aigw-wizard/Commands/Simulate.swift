import ArgumentParser
import Cluster
import Lint
import Schemas
import YAML
import Resources
import Simulation

/// `aigw-wizard simulate`: which backend serves a request, and why.
struct Simulate: Subcommand {
  static let configuration = CommandConfiguration.command(
    "simulate", "[<options>] <file> ...",
    "Shows which rule matches a request and which backends serve it, and why.",
    exit: "0 whatever the answer is, 1 unreadable, 2 wrong usage, 3 no route on the Gateway")
  static let formats = ReportFormat.names

  @Argument(
    help: ArgumentHelp(
      "Files or folders with manifests; - reads standard input.", valueName: "file"),
    completion: .manifests)
  var files: [String] = []
  @Option(help: ArgumentHelp("The model that the request names.", valueName: "model"))
  var model: String?
  @Option(
    help: ArgumentHelp("A header of the request. Repeatable.", valueName: "'name: value'"),
    transform: Self.header)
  var header: [Request.Header] = []
  @Option(
    help: ArgumentHelp("The host of the request.", valueName: "host"), transform: Self.host)
  var host: String?
  @Option(
    help: ArgumentHelp(
      "The listener that receives the request; by default chosen by port and host.",
      valueName: "name"))
  var listener: String?
  @Option(
    help: ArgumentHelp("The path of the request.", valueName: "path"), transform: Self.path)
  var path = Request.chat
  @Option(
    help: ArgumentHelp("The method of the request.", valueName: "method"), transform: Self.method)
  var method = "POST"
  @Option(
    help: ArgumentHelp("The size of the body, such as 40000 or 1Mi.", valueName: "bytes"),
    transform: Self.size)
  var size: Int64?
  @Option(
    help: ArgumentHelp(
      "A backend to assume down. Repeatable.", valueName: "[namespace/]name"))
  var down: [String] = []
  @Option(
    help: ArgumentHelp(
      "The Gateway that receives the request, if routes attach to several.",
      valueName: "[namespace/]name"),
    transform: ObjectKey.init)
  var gateway: ObjectKey?
  @Flag(help: "List the models that /v1/models returns.")
  var models = false
  @Option(help: ArgumentHelp("The output format.", valueName: "format"))
  var format = ReportFormat.text
  @OptionGroup var release: ReleaseOption
  @OptionGroup(title: "The cluster") var cluster: ClusterOptions

  func validate() throws { try Self.checkFiles(files) }

  private static func header(_ text: String) throws -> Request.Header {
    guard let header = Request.Header(text), header.name.isToken else {
      throw ValidationError("use NAME: VALUE")
    }
    return header
  }

  private static func method(_ text: String) throws -> String {
    guard text.isToken, !text.contains(where: \.isLowercase) else {
      throw ValidationError("use a method such as GET, in capital letters")
    }
    return text
  }

  private static func host(_ text: String) throws -> String {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    // The colons of an IPv6 address stand in brackets.
    let port = text.hasSuffix("]") || parts.count < 2 ? nil : parts.last
    guard !text.isEmpty, parts.first?.isEmpty == false,
      !text.contains(where: { $0 == "/" || $0.isWhitespace }),
      port.map({ Int($0).map((1...65535).contains) ?? false }) ?? true
    else { throw ValidationError("use a host such as chat.example.com, or host:port") }
    return text
  }

  private static func path(_ text: String) throws -> String {
    guard text.hasPrefix("/") else {
      throw ValidationError("use a path such as \(Request.chat)")
    }
    return text
  }

  private static func size(_ text: String) throws -> Int64 {
    guard let size = Request.size(text) else {
      throw ValidationError("use bytes such as 40000 or 1Mi")
    }
    return size
  }

  private var request: Request {
    var request = Request(model: model)
    request.headers = header
    request.host = host
    request.listener = listener
    request.path = path
    request.method = method
    request.size = size
    return request
  }

  func perform() throws(Failure) -> Int32 {
    let manifests = try Manifests(in: files, namespace: cluster.namespace)
    var documents = manifests.documents
    let snapshot = cluster.isAsked ? cluster.snapshot() : nil
    if let snapshot {
      documents = documents.map { $0.placed(in: snapshot.setting.namespace) }
      documents += snapshot.objects(beside: documents)
    }
    let simulator = Simulator(
      documents: documents, gateway: gateway, release: release.resolved(with: snapshot))
    guard let gateway = simulator.gateway, simulator.gateways.contains(gateway) else {
      throw Failure(status: Exit.invalid, message: unusableMessage(about: simulator))
    }
    let text: String
    if models {
      let models = simulator.models(host: host)
      text =
        format == .json
        ? models.node.json : Streams.shown(models.map(\.line).joined(separator: "\n"))
    } else {
      var answer = simulator.answer(to: request, down: Set(down))
      answer.warnings += Self.unknownBackends(among: Set(down), simulator)
      answer.warnings += Self.stops(in: simulator.index, but: answer.route)
      if let reservation = manifests.reservation { answer.reservations.append(reservation) }
      text = format == .json ? answer.node.json : Self.text(of: answer)
    }
    let isWritten = Streams.write(Array((text.isEmpty ? "" : text + "\n").utf8), to: 1)
    let isKnown = !cluster.isAsked || snapshot != nil
    return isWritten && isKnown ? Exit.done : Exit.unreadable
  }

  /// Warnings about routes that the controller does not accept. They are simulated all the same;
  /// for the route that answers, the answer itself has a reservation.
  private static func stops(in index: ResourceIndex, but answering: ObjectKey?) -> [String] {
    Generated.all(in: index).filter { $0.route != answering }.compactMap(\.stop)
  }

  /// Warnings about names of `--down` that no backend has.
  private static func unknownBackends(among down: Set<String>, _ simulator: Simulator) -> [String] {
    guard !down.isEmpty else { return [] }
    let backends = simulator.backends
    let known = Set(backends.flatMap { [$0.name, $0.description] })
    return down.subtracting(known).sorted().map { name in
      let names = backends.map { name.utf8.contains(UInt8(ascii: "/")) ? $0.description : $0.name }
      let near = NearestWord.match(for: name, among: names).map { "did you mean \($0)?" }
      let few = names.prefix(10).joined(separator: ", ") + (names.count > 10 ? ", ..." : "")
      let help = near ?? (names.isEmpty ? "there are none" : "there are \(few)")
      return "no rule has a backend \(name) to take down; \(help)"
    }
  }

  private func unusableMessage(about simulator: Simulator) -> String {
    let names = simulator.gateways.map(\.description).joined(separator: ", ")
    guard !names.isEmpty else {
      return "no AIGatewayRoute or HTTPRoute in \(files.joined(separator: ", ")) names "
        + "a Gateway in parentRefs"
    }
    return "no route is on Gateway \(gateway?.description ?? ""); use \(names)"
  }

  private static func text(of answer: Answer) -> String {
    answer.paragraphs.map { paragraph in
      let indent = paragraph.title.isEmpty ? "" : "  "
      let lines = paragraph.lines.map { indent + Streams.shown($0) }
      return (paragraph.title.isEmpty ? lines : [Streams.shown(paragraph.title)] + lines)
        .joined(separator: "\n")
    }.joined(separator: "\n\n")
  }
}

extension String {
  /// Whether it can be a method or the name of a header (RFC 9110, section 5.6.2).
  fileprivate var isToken: Bool {
    !isEmpty && utf8.allSatisfy { $0.isAlphanumeric || "!#$%&'*+-.^_`|~".utf8.contains($0) }
  }
}
