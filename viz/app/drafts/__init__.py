"""Designs in the making: drafts as plain data, and the fields of their forms as the grammar gives them."""
