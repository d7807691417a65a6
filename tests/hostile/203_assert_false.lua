-- SAFE ENGINE MUST: tell a failed assertion at its line
-- verdict: runtime
-- line: 5
return { notification = function(notice)
  assert(nil, ("x"):rep(4000000))
end }
