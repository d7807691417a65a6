-- SAFE ENGINE MUST: refuse endless days
-- verdict: bad_result
-- hook: deletion
return { deletion = function(request)
  return allow.schedule { days = math.huge }
end }
