import Resources

extension Rule {
  /// Every rule there is, the server's own first, then by number.
  package static let all: [Rule] = [
    documentType, uncheckedKind, objectSize,
    onlyGateways, uniqueRuleNames, reservedRuleName, mixedPools, onePool, groupWithKind, onlyPools,
    backendWithinRequest,
    oneWayOfTargeting, targetGroup, targetKind, selectorNeeded, closeDelayAlone, mergeByReplacing,
    exclusiveFields, boundedRequests,
    deprecatedVersion, servesNothing, explicitServiceKind, emptyNamespace,
    oldPoolGroup, longRouteName, takenHTTPRoute, copiedAnnotations, fullAnnotations,
    lateLabels,
    noBufferLimit, bufferLimitTooLarge, bufferLimitNotPositive, smallBufferLimit, policyElsewhere,
    twoPolicies, sectionWithoutLimit, limitOfLaterListener, sharedPort, unreadyListener,
    refusedPolicy, ignoredMutation,
    ignoredServiceMutation, poolElsewhere, oldTargetRef,
    smallWindows,
    missingGateway, closedListener, noListener, policyOnNoListener, duplicateParents,
    unwiredGateway, takenPath,
    defaultTimeout, backendAboveDefault, backendIsTotal, deadRequestTimeout, longTry, shortStream,
    streamWithoutReset, streamIdleTooLong, priorityWithoutRetry, priorityGaps, retriesStay,
    tooFewRetries, deadStatusCodes, weightAlone, mixedAddresses, onlyAddresses,
    deadPriorities, policyOnAIRoute, policyReplaces,
    unknownRuleName,
    duplicateMatches, duplicateMatchesInBundle, secondCatchAll, rootPrefixMissed, unreachableRule,
    outrankingMatch, duplicateHeader,
    modelHeaderCase, looseRegex, invalidRegex, globInExact, headerValueLetters, httpRouteLimits,
    mcpRefused,
    tooManyMatches, tooManyRules, mixedHostnames, wildcardHostname, secretInMatch,
    missingService, missingBackend, missingPool, missingPolicyBackend, missingGrants, grantAtHome,
    idleGrant,
    grantName,
    grantBackendName, grantWildcard, noLiveBackend,
    duplicateBackendRef, serviceAsBackend, plainTextToTLS, oldTLSPolicy, otherHostname,
    poolExtras, credentialsOfOtherKind, missingCredentials, ignoredVersion, ignoredPrefix,
    missingVersion, prefixOfEndpoint, otherPrefix, unservedEndpoint, mixedSchemas, foreignModel,
    placeholderHost, hostWithoutRegion, otherBedrockRegion, otherVertexRegion, unfitHost,
    credentialsTwice,
    tlsToPlainText, tlsWithoutAuthorities, mixedServerNames, unverifiedProvider, oneNameForHosts,
    tlsTarget, twoTLSPolicies, tlsSection, refusedBackend, backendPort, mixedProviders,
    dynamicBeside, costExpression, repeatedCost,
    uncountedTokens, rateLimitService, securityOnRoute, filtersOnRoute, ageDecides,
    secretKey, missingStore, secretElsewhere, credentialsElsewhere, credentialsWithoutTarget,
    clearTextCredential, secretInBundle, placeholderCredential, awsProfile, unfitExchange,
    twoAWSSources, noProxyIdentity, alphaIdentity, alphaOverride, credentialOverride, openOverride,
    longPolicyName, orphanSecret,
    gatewayClass, brokenParameters, serviceAccountInPod, providerType, unfitCertificate,
    unfitClientCertificate,
    unfitAuthorities,
    foreignRouteKind, credentialsInPlainText, leakedClientKey, clientKeys, idleGatewayConfig,
    forwardProxy, unknownVolume, lateGatewayConfig,
    missingPicker, pickerDetails, credentialsOfPool,
    uncountedQuota, quotaService, idleQuota, quotaLimit, quotaElsewhere, quotaCost,
    mcpServerElsewhere, mcpServerKind, mcpKey, mcpClash, mcpAccess, mcpExpression, mcpSeed,
    unusedObject, missingSecretGrant, grantFromService, invalidConfiguration,
    failingRule, brokenSecret, healthCheckPath, shadowedHTTPRoute, shiftedPort, generatedName,
    zeroCircuitBreaker, denyAll, headerUnderscore, noEjection,
    listenerWithoutHTTP, openBackend, oldPool, proxyProtocolToProvider, misshapenKey, laterPrefix,
    duplicateObject, variables, bodyValue, serviceBodyValue, bodyModel, serviceBodyModel,
  ]

  /// The rule of an id, nil where there is none.
  package static func find(_ id: String) -> Rule? { byID[id] }

  /// How a rule is named to people: `L33 priority-without-retry`, and by its id alone where that is
  /// made of words.
  package static func label(of id: String) -> String {
    guard id.hasPrefix("L") || id.hasPrefix("cel."), let rule = find(id) else { return id }
    return "\(id) \(rule.slug)"
  }

  private static let byID = Dictionary(
    everything.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
}
