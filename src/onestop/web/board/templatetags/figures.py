"""Figures as blocks, each made once for what is in it."""

from collections.abc import Hashable
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from onestop.web.board.fragments import make_once
from onestop.web.board.showing import Shown
from onestop.web.board.tenseconds import Headline

register = template.Library()


@register.simple_tag(takes_context=True)
def figure_block(context: dict[str, Any], item: Shown) -> SafeString:
    """A figure with its two numbers and its definition."""
    return item.block(context["query"], context["as_of"])


@register.simple_tag
def piece(template_name: str, **told: Hashable) -> SafeString:
    """A template that is given nothing but `told`: made once for these values."""
    return make_once(template_name, tuple(told.items()), lambda: render_to_string(template_name, told))


@register.simple_tag
def headline(item: Headline) -> SafeString:
    """One of the five figures, with its goal, its months and what becomes of it."""
    return item.drawn
