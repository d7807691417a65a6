-- SAFE ENGINE MUST: stop callbacks that nest in callbacks
-- verdict: runtime
return { notification = function(notice)
  local function deep() return (("x"):gsub("x", deep)) end
  return { subject = deep(), text = "t" }
end }
