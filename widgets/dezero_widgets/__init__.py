"""The Jupyter widgets of dezero_lab: `import dezero_widgets as lab`."""
