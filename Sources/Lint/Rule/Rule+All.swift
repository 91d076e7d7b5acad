import Resources

extension Rule {
  /// Every rule there is: the server's own, then by number, then those whose id is made of words.
  package static let all: [Rule] = [
    documentType, uncheckedKind, objectSize, onlyGateways, uniqueRuleNames, reservedRuleName,
    mixedPools, onePool, groupWithKind, onlyPools, backendWithinRequest, oneWayOfTargeting,
    targetGroup, targetKind, selectorNeeded, closeDelayAlone, mergeByReplacing, exclusiveFields,
    boundedRequests,
    deprecatedVersion, servesNothing, explicitServiceKind, emptyNamespace, oldPoolGroup,
    longRouteName, takenHTTPRoute, copiedAnnotations, fullAnnotations, lateLabels, noBufferLimit,
    bufferLimitTooLarge, bufferLimitNotPositive, smallBufferLimit, policyTargetMissing, twoPolicies,
    sectionWithoutLimit, limitOfLaterListener, sharedPort, oldTargetRef, smallWindows,
    missingGateway, closedListener, noListener, policyOnNoListener, duplicateParents,
    unwiredGateway, takenPath, healthCheckPath, shadowedHTTPRoute, defaultTimeout,
    backendAboveDefault, backendIsTotal, deadRequestTimeout, longTry, shortStream,
    streamWithoutReset, streamIdleTooLong, priorityWithoutRetry, priorityGaps, retriesStay,
    tooFewRetries, deadStatusCodes, weightAlone, mixedAddresses, onlyAddresses, deadPriorities,
    unmarkedClusters,
    policyOnAIRoute, policyReplaces, unknownRuleName, duplicateMatches, duplicateMatchesInBundle,
    secondCatchAll, rootPrefixMissed, unreachableRule, outrankingMatch, duplicateHeader,
    modelHeaderCase, looseRegex, invalidRegex, globInExact, headerValueLetters, httpRouteLimits,
    refusedMCPHTTPRoute, tooManyMatches, tooManyRules, mixedHostnames, wildcardHostname,
    secretInMatch, missingAIServiceBackend, missingBackend, missingPool, missingPolicyBackend,
    missingGrants, grantInSourceNamespace, idleGrant, grantName, grantBackendName, grantWildcard,
    noLiveBackend, duplicateBackendRef, serviceAsBackend, plainTextToTLS, oldTLSPolicy,
    otherHostname, poolExtras, mixedDynamicResolver, costExpression, repeatedCost, unequalCost,
    costRange,
    uncountedTokens, idleRateLimit,
    rateLimitService, securityOnRoute, filtersOnRoute, ageDecides, credentialsOfOtherKind,
    missingCredentials, ignoredVersion, ignoredPrefix, missingVersion, prefixOfEndpoint,
    otherPrefix, unservedEndpoint, mixedSchemas, foreignModel, placeholderHost, hostWithoutRegion,
    otherBedrockRegion, otherVertexRegion, unfitHost, credentialsTwice, tlsToPlainText,
    tlsWithoutCA,
    mixedServerNames, unverifiedProvider, oneNameForHosts, tlsTarget, twoTLSPolicies, tlsSection,
    refusedBackend, backendPort, mixedProviders, secretKey, missingSecretOrConfigMap,
    secretElsewhere, credentialsTargetMissing, credentialsWithoutTarget, clearTextCredential,
    secretInBundle, placeholderCredential, malformedAPIKey, awsProfile, unfitOIDCExchange,
    twoAWSSources, noProxyIdentity, alphaIdentity, alphaOverride, credentialOverride, openOverride,
    leakedOverride,
    longGeneratedName, orphanSecret, gatewayClass, brokenParameters, serviceAccountInPod,
    providerType, unfitCertificate, unfitClientCertificate, invalidCACertificates, foreignRouteKind,
    credentialsInPlainText, leakedClientKey, clientKeys, idleGatewayConfig, forwardProxyAddress,
    unknownVolume, lateGatewayConfig, missingPicker, pickerDetails, credentialsOfPool,
    uncountedQuota, quotaService, idleQuota, quotaLimit, quotaElsewhere, quotaCost,
    mcpServerElsewhere, mcpServerKind, mcpKey, mcpClash, mcpAccess, foreignToken, mcpExpression,
    mcpSeed,
    unusedObject, missingSecretGrant, grantFromService, laterPrefix, failingHTTPRouteRule,
    brokenSecret, shiftedPort, generatedName, zeroCircuitBreaker, invalidConfiguration,
    jointConfiguration,
    denyAllSecurityPolicy, headerUnderscore, noEjection, listenerWithoutHTTP, refusedProxy,
    lostTelemetry, occupiedPort, failingHealthCheck, unknownTokenProvider, smallAuthorizedBody,
    openBackend, oldPool, proxyProtocolToProvider, overrideBeforeAuthentication,
    idleCORS, unansweredProbes, policyOnMCPServer, sidecarSource, configurationSecret,
    ignoredWeights, noTLSVersion, lostServiceAccount, replicasBesideHPA, lostBody, settingOfPort,
    ignoredFallback, idleClientVerification, unfitKeepalive, idleBackendFilter, dividedClaim,
    deprecatedField, idleCompressor, connectOnly,
    capitalHeaderMatch, wideForwardProxy, lostLogin, unknownMergeType, refusedContainer,
    lostClusterOptions, http3ClientCertificates, overlappingCertificates, unheededSetting,
    redirectPort, lostInMerge,
    unreadyListener, refusedPolicy, ignoredMutation, ignoredAIServiceBackendMutation, poolElsewhere,
    duplicateObject, variables, bodyValue, aiServiceBackendBodyValue, bodyModel,
    aiServiceBackendBodyModel,
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
