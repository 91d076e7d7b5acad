import Manifest

extension Rule {
  static let takenHTTPRoute = Rule(
    "L08", .warning, "an HTTPRoute of the route's own name",
    why: "The controller takes over an HTTPRoute of that name and overwrites its rules.",
    bad: "HTTPRoute web beside AIGatewayRoute web",
    good: "HTTPRoute web beside AIGatewayRoute chat",
    .bundle { bundle, report in
      for document in bundle.documents where document.kind == "HTTPRoute" {
        for (index, route) in bundle.routes
        where route.name == document.name && route.home == document.home {
          report.add(
            "the HTTPRoute \(route.name) of these documents would be overwritten; "
              + "use another name", at: .to("metadata", "name"), in: index)
        }
      }
    })
}
