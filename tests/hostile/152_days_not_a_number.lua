-- SAFE ENGINE MUST: refuse days that are no number
-- verdict: bad_result
-- hook: deletion
return { deletion = function(request)
  return allow.schedule { days = 0 / 0 }
end }
