-- SAFE ENGINE MUST: stop a template that outgrows the memory
-- verdict: memory_limit
return { notification = function(notice)
  local many = template(("{a}"):rep(80000), { a = ("x"):rep(100000) })
  return { subject = "ESCAPE", text = many }
end }
