import Resources
import Schemas
import YAML

extension Rule {
  static let awsProfile = Rule(
    "L112", "aws-profile", .warning, "AWS credentials that are not under [default]",
    why: "The field profile is ignored: the proxy uses the section [default] of the file. Without "
      + "that section no request can be signed, and each gets 500.",
    bad: "credentialsFile: {profile: prod, secretRef: {name: s}}",
    good: "credentialsFile: {secretRef: {name: s}}, with the keys under [default]",
    reference: Citation.aiGateway("internal/backendauth/aws.go"),
    .bundle { bundle, report in
      var reported: Set<Int> = []
      for (index, credentials) in bundle.credentials {
        guard let file = credentials.spec.given("awsCredentials", "credentialsFile") else {
          continue
        }
        let use = credentials.secrets.first { $0.key == "credentials" }
        let stored = use.flatMap { bundle.stored("Secret", $0.secret) }
        let entry = stored?.entry("credentials")
        let hasDefault = entry?.value.map { text in
          text.split(whereSeparator: \.isNewline).contains {
            $0.filter { !$0.isWhitespace } == "[default]"
          }
        }
        if let profile = file.given("profile")?.text, profile != "default" {
          let path = Path.to("spec", "awsCredentials", "credentialsFile", "profile")
          report.add(
            "nothing reads profile: the keys are taken from [default]; put them there", at: path,
            in: index)
          if hasDefault == true {
            report.attach(Fix("remove profile", [.remove(document: index, path)]))
          }
        }
        guard hasDefault == false, let stored, let entry, entry.value?.contains("=") == true,
          reported.insert(stored.index).inserted
        else { continue }
        report.add(
          "the file has no section [default], the only one that is read; write the keys under it",
          at: .to(entry.block, entry.key), in: stored.index)
      }
    })
}
