-- SAFE ENGINE MUST: tell a malformed pattern at its line
-- verdict: runtime
-- line: 5
return { notification = function(notice)
  return { subject = ("x"):find("[a"), text = "t" }
end }
