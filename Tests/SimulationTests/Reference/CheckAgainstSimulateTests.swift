import Foundation
import Lint
import YAML
import Resources
import Simulation
import Testing

/// What `check` says and what `simulate` does are about one cluster.
@Suite struct CheckAgainstSimulateTests {
  private static let bundles =
    ProcessInfo.processInfo.environment["BUNDLES"].flatMap(Int.init) ?? 160

  /// A bundle with all that is found in it and some answers.
  private struct Checked {
    let documents: [Node]
    let findings: [Finding]
    let reference: Reference
    var answers: [(request: Request, answer: Answer)] = []

    init(seed: Int) {
      var maker = BundleMaker(seed: UInt64(seed) &* 40_503 &+ 3)
      documents = Documents.read(maker.bundle())
      reference = Reference(
        documents: documents, gateway: .init("infra/gw"), rootPrefix: maker.rootPrefix)
      var linter = Linter()
      findings = linter.findings(in: documents)
      let simulator = Simulator(
        documents: documents, gateway: .init("infra/gw"), rootPrefix: maker.rootPrefix)
      for _ in 0..<12 {
        let request = maker.request()
        answers.append((request, simulator.answer(to: request)))
      }
    }

    /// What is found in the document of a kind and name.
    func findings(in kind: String, _ key: String) -> [Finding] {
      findings.filter { finding in
        let thing = Thing(node: documents[finding.document])
        return thing.kind == kind && thing.key == key
      }
    }

    /// What takes the request of an answer, by the reading of the sources.
    func candidate(of answer: Answer) -> Reference.Candidate? {
      guard let route = answer.route?.description, let rule = answer.rule else { return nil }
      return reference.openDoors.lazy.filter { $0.name == answer.listener }.flatMap { door in
        reference.attachments(to: door).filter { $0.path.key == route }
          .flatMap { reference.candidates(of: $0.path, at: door) }
      }.first { $0.rule == rule }
    }

    /// The policies that have part in an answer.
    func policies(of answer: Answer) -> [Thing] {
      guard let candidate = candidate(of: answer),
        case .policy(_, let things) = reference.traffic(candidate)
      else { return [] }
      return things
    }
  }

  @Test("what wins in simulate is never told to lose by L43, L44 or L46", arguments: 0..<4)
  func winners(part: Int) {
    for seed in stride(from: part, to: Self.bundles, by: 4) {
      let checked = Checked(seed: seed)
      var told: Set<Finding> = []
      for (request, answer) in checked.answers {
        guard let route = answer.route, let rule = answer.rule else { continue }
        for finding in checked.findings(in: "AIGatewayRoute", route.description)
        where ["L43", "L44", "L46"].contains(where: {
          Rule.id($0, isOf: finding.rule) || Rule.id(finding.rule, isOf: $0)
        }) {
          let path = finding.path.description
          let own = "spec.rules[\(rule)]"
          let match = answer.match.map { "\(own).matches[\($0)]" } ?? own
          let isIt =
            path.contains(".matches[") ? path.hasPrefix(match) : path.hasPrefix(own)
          guard isIt, told.insert(finding).inserted else { continue }
          let text = Shrinking.text([checked.documents[finding.document]])
          Issue.record(
            "seed \(seed): \(finding.rule) \(path): \(finding.message), but \(request)\n\(text)")
        }
      }
    }
  }

  @Test("a policy that has part in an answer is never told to attach to nothing", arguments: 0..<4)
  func policies(part: Int) {
    var seen = 0
    for seed in stride(from: part, to: Self.bundles, by: 4) {
      let checked = Checked(seed: seed)
      for (_, answer) in checked.answers where answer.status == .done {
        var held = checked.policies(of: answer)
        if let buffer = answer.buffer?.policy,
          let policy = checked.reference.things("ClientTrafficPolicy").first(where: {
            $0.key == buffer.description
          })
        {
          held.append(policy)
        }
        for policy in held where Set(checked.reference.aims(of: policy).map(\.described)).count == 1
        {
          seen += 1
          for finding in checked.findings(in: policy.kind, policy.key) {
            let isLoss = ["L15", "L16", "L18"].contains { Rule.id(finding.rule, isOf: $0) }
            #expect(!isLoss, "seed \(seed): \(policy.kind) \(policy.key): \(finding.message)")
          }
        }
      }
    }
    #expect(seen > 10, "\(seen)")
  }

  @Test("what the controller is said to refuse is not what a request gets 200 by", arguments: 0..<4)
  func refused(part: Int) {
    for seed in stride(from: part, to: Self.bundles, by: 4) {
      let checked = Checked(seed: seed)
      for (request, answer) in checked.answers where answer.status == .done {
        for policy in checked.policies(of: answer) where policy.spec["mergeType"] == nil {
          for finding in checked.findings(in: policy.kind, policy.key)
          where finding.severity == .error && finding.source == .controller {
            // A policy has several targets, one of which it may not get.
            if Rule.id(finding.rule, isOf: "L15") || Rule.id(finding.rule, isOf: "L16") { continue }
            Issue.record("seed \(seed): \(policy.key): \(finding.message), but \(request) gets 200")
          }
        }
      }
    }
  }

  @Test("what Envoy Gateway refuses in a policy is an error of check", arguments: 0..<4)
  func told(part: Int) {
    var seen = 0
    for seed in stride(from: part, to: Self.bundles, by: 4) {
      let checked = Checked(seed: seed)
      for policy in checked.reference.things("BackendTrafficPolicy")
      where checked.reference.isRefused(traffic: policy.spec) {
        seen += 1
        let found = checked.findings(in: policy.kind, policy.key)
        // What one that lost its targets to older ones says has no effect.
        if found.contains(where: { Rule.id($0.rule, isOf: "L16") }) { continue }
        #expect(
          found.contains { $0.severity == .error },
          "seed \(seed): \(Shrinking.text([policy.node]))")
      }
    }
    #expect(seen > 3, "\(seen)")
  }

  @Test("what check says Envoy Gateway answers 500 for is never 200 or reserved", arguments: 0..<4)
  func barred(part: Int) {
    var seen = 0
    for seed in stride(from: part, to: Self.bundles, by: 4) {
      let checked = Checked(seed: seed)
      for (request, answer) in checked.answers where answer.status == .done {
        let named = answer.reservations.joined(separator: " ")
        for kind in ["SecurityPolicy", "EnvoyExtensionPolicy"] {
          for policy in checked.reference.things(kind) {
            let refusals = checked.findings(in: kind, policy.key).filter {
              $0.severity == .error && $0.message.contains("answers 500")
            }
            guard let refusal = refusals.first else { continue }
            seen += 1
            // One of the same name may hold in another namespace.
            guard checked.reference.things(kind).filter({ $0.name == policy.name }).count == 1,
              policy.spec["mergeType"] == nil
            else { continue }
            #expect(
              !named.contains("\(kind) \(policy.name) "),
              "seed \(seed): \(refusal.message), but \(request) gets 200")
          }
        }
      }
    }
    #expect(seen > 0, "\(seen)")
  }

  @Test("simulate names the quotas that count, and no others", arguments: 0..<4)
  func quotas(part: Int) {
    var (held, idle) = (0, 0)
    for seed in stride(from: part, to: Self.bundles, by: 4) {
      let checked = Checked(seed: seed)
      for (request, answer) in checked.answers where answer.status == .done {
        guard let key = answer.route, let rule = answer.rule,
          let route = checked.reference.thing("AIGatewayRoute", key.namespace, key.name)
        else { continue }
        for policy in checked.reference.things("QuotaPolicy") {
          let counts = checked.reference.refuses(
            policy, route: route, rule: rule,
            hasClusterForEach: checked.candidate(of: answer).map(checked.reference.isClusterForEach)
              ?? false)
          if counts { held += 1 } else { idle += 1 }
          guard policy.namespace == key.namespace || counts else { continue }
          let named = answer.reservations.first { $0.hasPrefix("Quota") && $0.contains(" 429 ") }
          let names = named?.split(separator: " answer")[0].split { " ,".contains($0) } ?? []
          let isNamed = names.contains { $0 == policy.name }
          #expect(
            isNamed == counts,
            "seed \(seed): \(policy.key) \(counts ? "counts" : "is idle"), \(request)")
        }
      }
    }
    #expect(held > 5 && idle > 20, "\(held), \(idle)")
  }

  @Test("a quota that check says counts nothing has no part in an answer", arguments: 0..<4)
  func idleQuotas(part: Int) {
    var seen = 0
    for seed in stride(from: part, to: Self.bundles, by: 4) {
      let checked = Checked(seed: seed)
      for quota in checked.reference.quotas {
        let place = "spec.perModelQuotas[\(quota.index)]"
        let told = checked.findings(in: "QuotaPolicy", quota.policy.key).filter { finding in
          ["L132", "L134", "L137"].contains(finding.rule)
            && finding.path.description.hasPrefix(place)
            && ["no tokens are counted", "holds because", "does not accept", "cannot be evaluated"]
              .contains { finding.message.contains($0) }
        }
        guard let finding = told.first else { continue }
        seen += 1
        for (request, answer) in checked.answers where answer.status == .done {
          guard let key = answer.route, let rule = answer.rule,
            let route = checked.reference.thing("AIGatewayRoute", key.namespace, key.name)
          else { continue }
          for part in answer.backends where part.weight > 0 {
            #expect(
              !checked.reference.counts(
                quota, route: route, rule: rule, backend: part.name.name, model: part.model ?? ""),
              "seed \(seed): \(finding.message), but it counts \(request)")
          }
        }
      }
    }
    #expect(seen > 5, "\(seen)")
  }

  @Test("a route is told not to attach where it does not, and nowhere else", arguments: 0..<4)
  func attachment(part: Int) {
    var (attached, loose) = (0, 0)
    for seed in stride(from: part, to: Self.bundles, by: 4) {
      let checked = Checked(seed: seed)
      for path in checked.reference.paths where path.isGenerated {
        let found = checked.findings(in: "AIGatewayRoute", path.key)
        for (index, parent) in (path.spec["parentRefs"]?.items ?? []).enumerated()
        where checked.reference.isHere(parent, path) {
          let own = found.filter { finding in
            finding.severity != .info
              && (finding.path.description.hasPrefix("spec.parentRefs[\(index)]")
                || finding.path.description == "spec.hostnames")
              && ["L21", "L22", "L23"].contains { Rule.id(finding.rule, isOf: $0) }
          }
          let hosts = checked.reference.openDoors.flatMap {
            checked.reference.hosts(of: path, by: parent, at: $0)
          }
          let place = "seed \(seed): \(path.key), parentRef \(index)"
          if hosts.isEmpty {
            loose += 1
            // Nothing attaches to a Gateway without a listener that is programmed; that is its own
            // fault and told there.
            let gateway = checked.findings(in: "Gateway", "infra/gw").filter {
              $0.severity == .error
            }
            #expect(!own.isEmpty || !gateway.isEmpty, "\(place) attaches to nothing, untold")
          } else {
            attached += 1
            #expect(own.isEmpty, "\(place) attaches, but \(own.map(\.message))")
          }
        }
      }
    }
    #expect(attached > 20 && loose > 5, "\(attached), \(loose)")
  }

  @Test("listeners that are not programmed are an error of their Gateway", arguments: 0..<4)
  func listeners(part: Int) {
    var seen = 0
    for seed in stride(from: part, to: Self.bundles, by: 4) {
      let checked = Checked(seed: seed)
      let found = checked.findings(in: "Gateway", "infra/gw").filter {
        $0.severity != .info && $0.path.description.contains("listeners")
      }
      let errors = found.filter { $0.severity == .error }
      let off = checked.reference.doors.filter { !checked.reference.isReady($0) }.map(\.name)
      if !off.isEmpty { seen += 1 }
      let place = "seed \(seed): \(off) are off, told are \(found.map(\.message))"
      if off.isEmpty {
        #expect(errors.isEmpty, "\(place)")
      } else {
        #expect(!found.isEmpty, "\(place)")
      }
    }
    #expect(seen > 3, "\(seen)")
  }

  @Test("a policy that loses all of its targets to older ones is told", arguments: 0..<4)
  func losers(part: Int) {
    var seen = 0
    for seed in stride(from: part, to: Self.bundles, by: 4) {
      let checked = Checked(seed: seed)
      let reference = checked.reference
      for kind in ["BackendTrafficPolicy", "ClientTrafficPolicy", "SecurityPolicy"] {
        for policy in reference.things(kind) {
          // Who is aimed at has to be here.
          let aims = reference.aims(of: policy).filter { aim in
            aim.kind == "Gateway"
              ? reference.thing("Gateway", aim.namespace, aim.name) != nil
              : reference.paths.contains { $0.namespace == aim.namespace && $0.name == aim.name }
          }
          guard !aims.isEmpty,
            aims.allSatisfy({ reference.holder(kind, of: $0)?.key != policy.key })
          else { continue }
          seen += 1
          #expect(
            checked.findings(in: kind, policy.key).contains { $0.severity != .info },
            "seed \(seed): \(kind) \(policy.key) loses \(aims.map(\.described))")
        }
      }
    }
    #expect(seen > 0, "\(seen)")
  }
}

extension Reference.Aim {
  var described: String { "\(kind) \(namespace)/\(name) \(section ?? "")" }
}
