"""One file per outside thing: keys in files, the local authorities, trust anchors in a folder, and nothing at all."""
