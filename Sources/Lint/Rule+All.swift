extension Rule {
  /// Every rule there is, the server's own first, then by number.
  package static let all: [Rule] = [
    documentType,
    onlyGateways, uniqueRuleNames, reservedRuleName, mixedPools, onePool, groupWithKind, onlyPools,
    backendWithinRequest,
    oneWayOfTargeting, targetGroup, targetKind, selectorNeeded, closeDelayAlone, mergeByReplacing,
    exclusiveFields,
    deprecatedVersion, removedFields, servesNothing, explicitServiceKind, emptyNamespace,
    oldPoolGroup, longRouteName, takenHTTPRoute, copiedAnnotations,
    noBufferLimit, bufferLimitTooLarge, bufferLimitNotPositive, smallBufferLimit, policyElsewhere,
    twoPolicies, sectionWithoutLimit, oldTargetRef,
    duplicateParents,
    defaultTimeout, backendAboveDefault, backendIsTotal, deadRequestTimeout, longTry,
    streamWithoutReset, streamIdleTooLong, priorityWithoutRetry, priorityGaps, retriesStay,
    tooFewRetries, deadStatusCodes, weightAlone, policyOnAIRoute, policyReplaces, unknownRuleName,
    duplicateMatches, duplicateMatchesInBundle, secondCatchAll, unreachableRule, duplicateHeader,
    modelHeaderCase, looseRegex, invalidRegex, globInExact, headerValueLetters, httpRouteLimits,
    tooManyMatches, mixedHostnames, wildcardHostname, secretInMatch,
    missingGrants, grantAtHome, grantName, grantBackendName, grantWildcard, noLiveBackend,
    duplicateBackendRef, poolExtras,
    duplicateObject, leftPlaceholder,
  ]

  /// The rule of an id, nil where there is none.
  package static func find(_ id: String) -> Rule? { everything.first { $0.id == id } }
}
