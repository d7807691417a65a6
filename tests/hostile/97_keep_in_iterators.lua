-- SAFE ENGINE MUST: forget iterators that stand half-way
-- verdict: words kept nothing
return { notification = function(notice)
  iterator = iterator or notice.client.name:gmatch("%a+")
  local first = iterator()
  return { subject = if first ~= notice.client.name:match("%a+") then "ESCAPE " .. tostring(first) else "kept nothing", text = "t" }
end }
