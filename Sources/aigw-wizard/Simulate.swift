import Resources
import Kinds
import Manifest
import Simulation

/// `aigw-wizard simulate`: who takes a request, and why.
enum Simulate {
  static func run(_ arguments: Arguments) -> Int32 {
    let input: Manifests
    do {
      input = try Manifests(in: arguments.words)
    } catch {
      Standard.complain("aigw-wizard: \(error.message)")
      return error.status
    }
    let simulator = Simulator(
      documents: input.documents, gateway: arguments.gateway, release: arguments.release)
    guard let gateway = simulator.gateway, simulator.gateways.contains(gateway) else {
      Standard.complain("aigw-wizard: \(complaint(about: simulator, arguments))")
      return Exit.invalid
    }
    let text: String
    if arguments.listsModels {
      let models = simulator.models(host: arguments.sent.host)
      text =
        arguments.format == .json
        ? models.node.json : Standard.shown(models.map(\.line).joined(separator: "\n"))
    } else {
      var answer = simulator.answer(to: arguments.sent, down: arguments.down)
      answer.warnings += strangers(among: arguments.down, simulator)
      answer.warnings += stops(in: simulator.index)
      if let reservation = input.reservation { answer.reservations.append(reservation) }
      text = arguments.format == .json ? answer.node.json : self.text(of: answer)
    }
    let isWritten = Standard.write(Array((text.isEmpty ? "" : text + "\n").utf8), to: 1)
    return isWritten ? Exit.done : Exit.unreadable
  }

  /// The routes that the controller does not write, which are simulated all the same.
  private static func stops(in index: ResourceIndex) -> [String] {
    Generated.all(in: index).compactMap { route in
      route.failure.map { "the controller stops at \(route.route): \($0)" }
    }
  }

  /// The names to take down that no backend has.
  private static func strangers(among down: Set<String>, _ simulator: Simulator) -> [String] {
    guard !down.isEmpty else { return [] }
    let backends = simulator.backends
    let known = Set(backends.flatMap { [$0.name, $0.description] })
    return down.subtracting(known).sorted().map { name in
      let names = backends.map { name.utf8.contains(UInt8(ascii: "/")) ? $0.description : $0.name }
      let near = Closest.match(for: name, among: names).map { "did you mean \($0)?" }
      let few = names.prefix(10).joined(separator: ", ") + (names.count > 10 ? ", ..." : "")
      let help = near ?? (names.isEmpty ? "there are none" : "there are \(few)")
      return "no rule has a backend \(name) to take down; \(help)"
    }
  }

  private static func complaint(about simulator: Simulator, _ arguments: Arguments) -> String {
    let names = simulator.gateways.map(\.description).joined(separator: ", ")
    guard !names.isEmpty else {
      return "no AIGatewayRoute or HTTPRoute in \(arguments.words.joined(separator: ", ")) names "
        + "a Gateway in parentRefs"
    }
    return "no route is on Gateway \(arguments.gateway?.description ?? ""); use \(names)"
  }

  private static func text(of answer: Answer) -> String {
    answer.paragraphs.map { paragraph in
      let indent = paragraph.title.isEmpty ? "" : "  "
      let lines = paragraph.lines.map { indent + Standard.shown($0) }
      return (paragraph.title.isEmpty ? lines : [Standard.shown(paragraph.title)] + lines)
        .joined(separator: "\n")
    }.joined(separator: "\n\n")
  }
}
