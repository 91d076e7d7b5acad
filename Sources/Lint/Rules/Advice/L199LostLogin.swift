import Resources
import Schemas
import YAML

extension Rule {
  static let lostLogin = Rule(
    "L199", "lost-login", .warning, "paths that break a login or a logout",
    why:
      "Envoy compares the whole path of a request, without its query, with the path of redirectURL "
      + "and with logoutPath, which goes first. What fits neither is sent to the login again.",
    bad: "oidc: {redirectURL: \"https://chat.example.com/cb\", logoutPath: /cb}",
    good: "oidc: {redirectURL: \"https://chat.example.com/cb\", logoutPath: /logout}",
    reference: Citation.envoy("source/extensions/filters/http/oauth2/filter.cc"),
    .policy { policy, report in
      guard policy.kind == .security, let openID = policy.spec.given("oidc") else { return }
      let path = Path.to("spec", "oidc")
      let login = Login(of: openID)
      let (out, back) = (login.logoutPath, login.callbackPath)
      guard !Variable.isIn(out), !Variable.isIn(openID.given("redirectURL")?.text ?? "") else {
        return
      }
      if back.contains(where: { "?#%".contains($0) }) {
        report.add(
          "no request has \(back.quoted) as its path, so that nobody comes back from the login; write it "
            + "without query, fragment and percent signs", at: path.appending("redirectURL"))
      }
      if !out.hasPrefix("/") {
        report.add(
          "logoutPath has to begin with a slash, or nobody is logged out; write /\(out)",
          at: path.appending("logoutPath"))
      } else if out.contains(where: { $0 == "?" || $0 == "#" }) {
        report.add(
          "no request has \(out.quoted) as its path, so that nobody is logged out; write it without a "
            + "query", at: path.appending("logoutPath"))
      } else if out == back {
        report.add(
          "redirectURL and logoutPath have the same path \(out), so that every login ends in a logout; use "
            + "another one",
          at: path.appending("logoutPath"))
      }
    })
}
