-- SAFE ENGINE MUST: stop handlers that fail in handlers
-- verdict: runtime
-- line: 0
return { notification = function(notice)
  local function handler(message) return xpcall(error, handler, message) end
  return { subject = xpcall(error, handler, "x"), text = "t" }
end }
