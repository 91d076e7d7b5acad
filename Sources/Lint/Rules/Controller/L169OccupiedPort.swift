import Resources
import Schemas

extension Rule {
  static let occupiedPort = Rule(
    "L169", "occupied-port", .error, .controller,
    "a listener on a port that something else in the proxy's Pod has",
    why: "Ports from 1024 are those on which the proxy listens in its Pod, where Envoy itself, the "
      + "shutdown manager and AI Gateway's filter have some: 19000 to 19003, 1064 and 9856. Envoy "
      + "cannot listen there as well, and no status says so.",
    bad: "listeners: [{name: a, port: 19001, ...}]",
    good: "listeners: [{name: a, port: 8080, ...}]",
    reference: Citation.envoyGateway("internal/xds/bootstrap/bootstrap.go"),
    .bundle { index, report in
      for (_, (document, gateway)) in index.ownGateways {
        for (listener, user) in index.occupiedPorts(of: gateway) {
          report.add(
            "in the proxy's Pod this is the port of \(user), so that no route is reached there; use "
              + "another", at: .to("spec", "listeners", listener.index, "port"), in: document)
        }
      }
    })
}
