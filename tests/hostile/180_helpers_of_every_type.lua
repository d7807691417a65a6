-- SAFE ENGINE MUST: answer every type of argument with a value or a line of text
-- verdict: words survived
return { notification = function(notice)
  local odd = {
    false, true, 5, -5, 0 / 0, math.huge, -math.huge, 1e300, "", "x", "\xff\0", ("x"):rep(300000), {}, { {} }, tostring, html,
    setmetatable({}, { __tostring = function() return "t" end, __index = function() return 5 end, __metatable = false }),
    setmetatable({}, { __tostring = function() return 5 end }), setmetatable({}, { __index = error, __len = error, __call = error }),
  }
  local helpers = { escape = html.escape, html_template = html.template, template = template, plural = plural, date = date, log = log,
    allow = allow, schedule = allow.schedule, deny = deny, retain = retain, format = string.format, rep = string.rep, move = table.move,
    sort = table.sort, split = string.split, gsub = string.gsub, tostring = tostring, assert = assert, error = error, xpcall = xpcall }
  for name, helper in helpers do
    for first = 0, #odd do
      for second = 0, #odd do
        local ok, said = pcall(helper, odd[first], odd[second], odd[second])
        local is_plain = ok or type(said) == "string" or type(said) == "userdata"
        if not is_plain then return { subject = `ESCAPE {name} {first} {second} {type(said)}`, text = "t" } end
        if not ok and tostring(said):find("0x%x%x%x%x") then return { subject = `ESCAPE {name} {tostring(said)}`, text = "t" } end
      end
    end
  end
  return { subject = "survived", text = "t" }
end }
