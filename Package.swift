// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// Without the parser of Swift's Regex, which nothing in the program uses: 1 MB less of binary. Each
/// function in its own section, so that the linker drops those that nothing calls: 0.7 MB less.
let lean =
  strict + [
    .unsafeFlags(["-Xfrontend", "-disable-implicit-string-processing-module-import"]),
    .unsafeFlags(["-Xfrontend", "-function-sections"], .when(configuration: .release)),
  ]

/// The released program needs no library of the machine it runs on, and starts sooner than one whose
/// libraries are found as it starts. The linker's script says itself what it leaves out.
let alone: [LinkerSetting] = [
  .unsafeFlags(
    [
      "-static-executable", "-use-ld=lld", "-Xlinker", "-T", "-Xlinker",
      "\(Context.packageDirectory)/Sources/aigw-wizard/layout.ld",
    ],
    .when(platforms: [.linux], configuration: .release))
]

/// What the argument parser needs of Foundation, which a static link does not find by itself.
let foundation: [LinkerSetting] = [
  "FoundationEssentials", "_FoundationCShims", "_FoundationCollections", "swiftSynchronization",
].map { .linkedLibrary($0, .when(platforms: [.linux], configuration: .release)) }

/// The parts that no key waits for are optimized for size: 0.6 MB less of binary, and `check` takes as
/// long as before.
let small = lean + [.unsafeFlags(["-Osize"], .when(configuration: .release))]

/// A library of this package: its name is its folder's, its dependencies say what it may know.
func part(
  _ name: String, _ dependencies: [Target.Dependency] = [], _ settings: [SwiftSetting] = lean
) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// The tests of one part, in the folder `<part>Tests`; `data` there they read for themselves.
func tests(_ part: String, _ dependencies: [Target.Dependency], data: [String] = []) -> Target {
  .testTarget(
    name: "\(part)Tests", dependencies: dependencies, exclude: data, swiftSettings: strict)
}

/// The arguments, their help and the completion scripts of the program.
let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
/// Other programs, run without a shell.
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
/// File descriptors, as Subprocess takes them.
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
  name: "aigw-wizard",
  // Exact versions: Package.resolved is not in git, and a build must be the same everywhere.
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2", traits: []),
    .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
  ],
  targets: [
    .systemLibrary(name: "CNcurses"),
    .systemLibrary(name: "CLibYAML"),
    part("Screen"),
    part("YAML", ["CLibYAML"]),
    part("Schemas", ["YAML"]),
    part("RE2"),
    part("Resources", ["Schemas", "YAML", "RE2"]),
    part("Lint", ["Schemas", "YAML", "RE2", "Resources"], small),
    part("Cluster", ["Schemas", "YAML", "Resources", "Lint", subprocess, system], small),
    part("Simulation", ["Schemas", "YAML", "RE2", "Resources", "Lint"], small),
    part("RouteForm", ["Schemas", "Lint", "YAML", "Resources"], small),
    part(
      "Wizard",
      ["Schemas", "Lint", "YAML", "Resources", "RouteForm", "Screen", "Simulation"]),
    part(
      "Linear",
      ["Schemas", "Lint", "YAML", "Resources", "RouteForm", "Simulation", "Wizard"], small),
    part("Terminal", ["CNcurses", "Screen"]),
    .executableTarget(
      name: "aigw-wizard",
      dependencies: [
        "Terminal", "Schemas", "Lint", "YAML", "Resources", "RouteForm", "Screen", "Simulation",
        "Wizard", "Cluster", "Linear", argumentParser,
      ],
      exclude: ["layout.ld"], swiftSettings: small, linkerSettings: alone + foundation),
    .executableTarget(
      name: "benchmark",
      dependencies: ["Lint", "YAML", "RouteForm", "Screen", "Simulation", "Wizard"],
      swiftSettings: strict),
    .target(name: "Corpus", path: "Tests/Corpus", swiftSettings: strict),
    tests("Screen", ["Screen"]),
    tests("YAML", ["Corpus", "YAML", yams]),
    tests("Schemas", ["Schemas", "YAML"], data: ["Fixtures"]),
    tests("RE2", ["RE2"]),
    tests(
      "Lint", ["Corpus", "Lint", "Schemas", "YAML", "Resources", "Simulation"], data: ["Fixtures"]),
    tests("Simulation", ["Corpus", "Simulation", "Schemas", "Lint", "YAML", "Resources"]),
    tests("RouteForm", ["Corpus", "RouteForm", "Resources", "Lint", "Schemas", "YAML"]),
    tests(
      "Wizard",
      [
        "Corpus", "Wizard", "Linear", "RouteForm", "Lint", "Schemas", "YAML", "Resources", "Screen",
        "Simulation",
      ],
      data: ["Fixtures", "Snapshots"]),
    tests(
      "Program", ["Corpus", "aigw-wizard", "Lint", "YAML", yams],
      data: ["Cluster/exchanges.jsonl", "Cluster/trim.py", "Situations", "Snapshots"]),
  ]
)
