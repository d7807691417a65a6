-- SAFE ENGINE MUST: name the verdicts where one is misspelt
-- verdict: runtime
-- hook: deletion
return { deletion = function(request)
  return allow.erse()
end }
