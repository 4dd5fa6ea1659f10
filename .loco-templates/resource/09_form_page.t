to: assets/views/{{ plural }}/form.html
skip_exists: true
---
{% raw %}{% extends "base.html" %}
{% block title %}{{ t(key="{% endraw %}{{ kebab }}{% raw %}-new") }} · {{ t(key="app-name") }}{% endblock title %}
{% block main %}
<div class="section"><h1>{% if editing %}{{ t(key="{% endraw %}{{ kebab }}{% raw %}-edit") }}{% else %}{{ t(key="{% endraw %}{{ kebab }}{% raw %}-new") }}{% endif %}</h1></div>
<form id="{% endraw %}{{ kebab }}{% raw %}-form" class="grid gap-4" action="/{% endraw %}{{ path }}{% raw %}{% if editing %}/{{ editing }}{% endif %}" method="post">
  <input type="hidden" name="_csrf" value="{{ csrf }}">{% endraw %}
{%- for field in fields %}
  {{ field.control }}
{%- endfor %}{% raw %}
</form>
{% endblock main %}
{% block dock %}<div class="dock"><button class="button button--main button--wide" form="{% endraw %}{{ kebab }}{% raw %}-form">{{ t(key="{% endraw %}{{ kebab }}{% raw %}-save") }}</button></div>{% endblock dock %}{% endraw %}
