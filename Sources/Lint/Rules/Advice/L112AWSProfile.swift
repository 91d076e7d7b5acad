import Resources
import Schemas
import YAML

extension Rule {
  static let awsProfile = Rule(
    "L112", "aws-profile", .warning, "AWS credentials that are not under [default]",
    why: "The field profile is ignored: the proxy uses the section [default] of the file. Without "
      + "that section, or without keys in it, no request can be signed, and each gets 500. With half "
      + "of a key in it the sidecar refuses its whole configuration.",
    bad: "credentialsFile: {profile: prod, secretRef: {name: s}}",
    good: "credentialsFile: {secretRef: {name: s}}, with the keys under [default]",
    reference: Citation.aiGateway("internal/backendauth/aws.go"),
    repair: .automatic,
    .bundle { bundle, report in
      var reported: Set<Int> = []
      for (index, credentials) in bundle.credentials {
        guard let file = credentials.spec.given("awsCredentials", "credentialsFile") else {
          continue
        }
        let use = credentials.secrets.first { $0.key == "credentials" }
        let stored = use.flatMap { bundle.stored("Secret", $0.secret) }
        let entry = stored?.entry("credentials")
        let value = entry?.value.flatMap { Credential.isPlaceholder($0) ? nil : $0 }
        let problem = value.map { AWSCredentialsFile($0).problem }
        if let profile = file.given("profile")?.text, profile != "default" {
          let path = Path.to("spec", "awsCredentials", "credentialsFile", "profile")
          report.add(
            "nothing reads profile: the keys are taken from [default]; put them there", at: path,
            in: index)
          if let problem, problem != .noDefault {
            report.attach(Fix("remove profile", [.remove(document: index, path)]))
          }
        }
        for (document, setting) in bundle.invalidSettings(of: credentials)
        where reported.insert(document).inserted {
          report.add(
            "\(setting.effect): \(setting.advice)", at: setting.path, in: document, severity: .error
          )
        }
        guard let stored, let entry, let advice = problem.flatMap({ $0?.advice }),
          reported.insert(stored.index).inserted
        else { continue }
        report.add(advice, at: .to(entry.block, entry.key), in: stored.index)
      }
    })
}

extension AWSCredentialsFile.Problem {
  /// What to write where requests are not signed.
  fileprivate var advice: String? {
    switch self {
    case .noDefault:
      "the file has no section [default], the only one that is read; write the keys under it"
    case .noKeys:
      "[default] has no keys, so that requests are signed only where the proxies have an identity of "
        + "their own; write aws_access_key_id and aws_secret_access_key, each at the start of a line"
    case .half: nil
    }
  }
}
