// Written by tools/generate-cloud-init-keys.ts. Do not edit.
import type { KeyShape } from '../key-shape.ts'

export const cloudConfigShape: KeyShape = {
  "types": [
    "object"
  ],
  "keys": {
    "cloud_init_modules": {
      "types": [
        "array"
      ],
      "items": {
        "types": [
          "array"
        ]
      }
    },
    "cloud_config_modules": {
      "types": [
        "array"
      ],
      "items": {
        "types": [
          "array"
        ]
      }
    },
    "cloud_final_modules": {
      "types": [
        "array"
      ],
      "items": {
        "types": [
          "array"
        ]
      }
    },
    "ansible": {
      "types": [
        "object"
      ],
      "keys": {
        "install_method": {
          "types": [
            "string"
          ],
          "values": [
            "distro",
            "pip"
          ]
        },
        "run_user": {
          "types": [
            "string"
          ]
        },
        "ansible_config": {
          "types": [
            "string"
          ]
        },
        "setup_controller": {
          "types": [
            "object"
          ],
          "keys": {
            "repositories": {
              "types": [
                "array"
              ],
              "items": {
                "types": [
                  "object"
                ],
                "keys": {
                  "path": {
                    "types": [
                      "string"
                    ]
                  },
                  "source": {
                    "types": [
                      "string"
                    ]
                  }
                }
              }
            },
            "run_ansible": {
              "types": [
                "array"
              ],
              "items": {
                "keys": {
                  "playbook_name": {
                    "types": [
                      "string"
                    ]
                  },
                  "playbook_dir": {
                    "types": [
                      "string"
                    ]
                  },
                  "become_password_file": {
                    "types": [
                      "string"
                    ]
                  },
                  "connection_password_file": {
                    "types": [
                      "string"
                    ]
                  },
                  "list_hosts": {
                    "types": [
                      "boolean"
                    ]
                  },
                  "syntax_check": {
                    "types": [
                      "boolean"
                    ]
                  },
                  "timeout": {
                    "types": [
                      "number"
                    ]
                  },
                  "vault_id": {
                    "types": [
                      "string"
                    ]
                  },
                  "vault_password_file": {
                    "types": [
                      "string"
                    ]
                  },
                  "background": {
                    "types": [
                      "number"
                    ]
                  },
                  "check": {
                    "types": [
                      "boolean"
                    ]
                  },
                  "diff": {
                    "types": [
                      "boolean"
                    ]
                  },
                  "module_path": {
                    "types": [
                      "string"
                    ]
                  },
                  "poll": {
                    "types": [
                      "number"
                    ]
                  },
                  "args": {
                    "types": [
                      "string"
                    ]
                  },
                  "extra_vars": {
                    "types": [
                      "string"
                    ]
                  },
                  "forks": {
                    "types": [
                      "number"
                    ]
                  },
                  "inventory": {
                    "types": [
                      "string"
                    ]
                  },
                  "scp_extra_args": {
                    "types": [
                      "string"
                    ]
                  },
                  "sftp_extra_args": {
                    "types": [
                      "string"
                    ]
                  },
                  "private_key": {
                    "types": [
                      "string"
                    ]
                  },
                  "connection": {
                    "types": [
                      "string"
                    ]
                  },
                  "module_name": {
                    "types": [
                      "string"
                    ]
                  },
                  "sleep": {
                    "types": [
                      "string"
                    ]
                  },
                  "tags": {
                    "types": [
                      "string"
                    ]
                  },
                  "skip_tags": {
                    "types": [
                      "string"
                    ]
                  }
                }
              }
            }
          }
        },
        "galaxy": {
          "types": [
            "object"
          ],
          "keys": {
            "actions": {
              "types": [
                "array"
              ],
              "items": {
                "types": [
                  "array"
                ],
                "items": {
                  "types": [
                    "string"
                  ]
                }
              }
            }
          }
        },
        "package_name": {
          "types": [
            "string"
          ]
        },
        "pull": {
          "types": [
            "object"
          ],
          "keys": {
            "accept_host_key": {
              "types": [
                "boolean"
              ]
            },
            "clean": {
              "types": [
                "boolean"
              ]
            },
            "full": {
              "types": [
                "boolean"
              ]
            },
            "diff": {
              "types": [
                "boolean"
              ]
            },
            "ssh_common_args": {
              "types": [
                "string"
              ]
            },
            "scp_extra_args": {
              "types": [
                "string"
              ]
            },
            "sftp_extra_args": {
              "types": [
                "string"
              ]
            },
            "private_key": {
              "types": [
                "string"
              ]
            },
            "checkout": {
              "types": [
                "string"
              ]
            },
            "module_path": {
              "types": [
                "string"
              ]
            },
            "timeout": {
              "types": [
                "string"
              ]
            },
            "url": {
              "types": [
                "string"
              ]
            },
            "connection": {
              "types": [
                "string"
              ]
            },
            "vault_id": {
              "types": [
                "string"
              ]
            },
            "vault_password_file": {
              "types": [
                "string"
              ]
            },
            "module_name": {
              "types": [
                "string"
              ]
            },
            "sleep": {
              "types": [
                "string"
              ]
            },
            "tags": {
              "types": [
                "string"
              ]
            },
            "skip_tags": {
              "types": [
                "string"
              ]
            },
            "playbook_name": {
              "types": [
                "string"
              ]
            }
          }
        }
      }
    },
    "apk_repos": {
      "types": [
        "object"
      ],
      "keys": {
        "preserve_repositories": {
          "types": [
            "boolean"
          ]
        },
        "alpine_repo": {
          "types": [
            "null",
            "object"
          ],
          "keys": {
            "base_url": {
              "types": [
                "string"
              ]
            },
            "community_enabled": {
              "types": [
                "boolean"
              ]
            },
            "testing_enabled": {
              "types": [
                "boolean"
              ]
            },
            "version": {
              "types": [
                "string"
              ]
            }
          }
        },
        "local_repo_base_url": {
          "types": [
            "string"
          ]
        }
      }
    },
    "apt": {
      "types": [
        "object"
      ],
      "keys": {
        "preserve_sources_list": {
          "types": [
            "boolean"
          ]
        },
        "generate_mirrorlists": {
          "types": [
            "boolean"
          ]
        },
        "disable_suites": {
          "types": [
            "array"
          ],
          "items": {
            "types": [
              "string"
            ]
          }
        },
        "primary": {
          "types": [
            "array"
          ],
          "items": {
            "types": [
              "object"
            ],
            "keys": {
              "arches": {
                "types": [
                  "array"
                ],
                "items": {
                  "types": [
                    "string"
                  ]
                }
              },
              "uri": {
                "types": [
                  "string"
                ]
              },
              "search": {
                "types": [
                  "array"
                ],
                "items": {
                  "types": [
                    "string"
                  ]
                }
              },
              "search_dns": {
                "types": [
                  "boolean"
                ]
              },
              "keyid": {
                "types": [
                  "string"
                ]
              },
              "key": {
                "types": [
                  "string"
                ]
              },
              "keyserver": {
                "types": [
                  "string"
                ]
              }
            }
          }
        },
        "security": {
          "types": [
            "array"
          ],
          "items": {
            "types": [
              "object"
            ],
            "keys": {
              "arches": {
                "types": [
                  "array"
                ],
                "items": {
                  "types": [
                    "string"
                  ]
                }
              },
              "uri": {
                "types": [
                  "string"
                ]
              },
              "search": {
                "types": [
                  "array"
                ],
                "items": {
                  "types": [
                    "string"
                  ]
                }
              },
              "search_dns": {
                "types": [
                  "boolean"
                ]
              },
              "keyid": {
                "types": [
                  "string"
                ]
              },
              "key": {
                "types": [
                  "string"
                ]
              },
              "keyserver": {
                "types": [
                  "string"
                ]
              }
            }
          }
        },
        "add_apt_repo_match": {
          "types": [
            "string"
          ]
        },
        "debconf_selections": {
          "types": [
            "object"
          ],
          "others": {
            "types": [
              "string"
            ]
          }
        },
        "sources_list": {
          "types": [
            "string"
          ]
        },
        "conf": {
          "types": [
            "string"
          ]
        },
        "https_proxy": {
          "types": [
            "string"
          ]
        },
        "http_proxy": {
          "types": [
            "string"
          ]
        },
        "proxy": {
          "types": [
            "string"
          ]
        },
        "ftp_proxy": {
          "types": [
            "string"
          ]
        },
        "sources": {
          "types": [
            "object"
          ],
          "others": {
            "types": [
              "object"
            ],
            "keys": {
              "source": {
                "types": [
                  "string"
                ]
              },
              "keyid": {
                "types": [
                  "string"
                ]
              },
              "key": {
                "types": [
                  "string"
                ]
              },
              "keyserver": {
                "types": [
                  "string"
                ]
              },
              "filename": {
                "types": [
                  "string"
                ]
              },
              "append": {
                "types": [
                  "boolean"
                ]
              }
            }
          }
        }
      }
    },
    "apt_pipelining": {
      "types": [
        "boolean",
        "integer",
        "string"
      ],
      "values": [
        "none",
        "unchanged",
        "os"
      ]
    },
    "autoinstall": {
      "types": [
        "object"
      ],
      "keys": {
        "version": {
          "types": [
            "integer"
          ]
        }
      }
    },
    "bootcmd": {
      "types": [
        "array"
      ],
      "items": {
        "types": [
          "array",
          "string"
        ],
        "items": {
          "types": [
            "string"
          ]
        }
      }
    },
    "byobu_by_default": {
      "types": [
        "string"
      ],
      "values": [
        "enable-system",
        "enable-user",
        "disable-system",
        "disable-user",
        "enable",
        "disable",
        "user",
        "system"
      ]
    },
    "ca_certs": {
      "types": [
        "object"
      ],
      "keys": {
        "remove-defaults": {
          "types": [
            "boolean"
          ]
        },
        "remove_defaults": {
          "types": [
            "boolean"
          ]
        },
        "trusted": {
          "types": [
            "array"
          ],
          "items": {
            "types": [
              "string"
            ]
          }
        }
      }
    },
    "ca-certs": {
      "types": [
        "object"
      ],
      "keys": {
        "remove-defaults": {
          "types": [
            "boolean"
          ]
        },
        "remove_defaults": {
          "types": [
            "boolean"
          ]
        },
        "trusted": {
          "types": [
            "array"
          ],
          "items": {
            "types": [
              "string"
            ]
          }
        }
      }
    },
    "chef": {
      "types": [
        "object"
      ],
      "keys": {
        "directories": {
          "types": [
            "array"
          ],
          "items": {
            "types": [
              "string"
            ]
          }
        },
        "validation_cert": {
          "types": [
            "string"
          ]
        },
        "validation_key": {
          "types": [
            "string"
          ]
        },
        "firstboot_path": {
          "types": [
            "string"
          ]
        },
        "exec": {
          "types": [
            "boolean"
          ]
        },
        "client_key": {
          "types": [
            "string"
          ]
        },
        "encrypted_data_bag_secret": {
          "types": [
            "string"
          ]
        },
        "environment": {
          "types": [
            "string"
          ]
        },
        "file_backup_path": {
          "types": [
            "string"
          ]
        },
        "file_cache_path": {
          "types": [
            "string"
          ]
        },
        "json_attribs": {
          "types": [
            "string"
          ]
        },
        "log_level": {
          "types": [
            "string"
          ]
        },
        "log_location": {
          "types": [
            "string"
          ]
        },
        "node_name": {
          "types": [
            "string"
          ]
        },
        "omnibus_url": {
          "types": [
            "string"
          ]
        },
        "omnibus_url_retries": {
          "types": [
            "integer"
          ]
        },
        "omnibus_version": {
          "types": [
            "string"
          ]
        },
        "pid_file": {
          "types": [
            "string"
          ]
        },
        "server_url": {
          "types": [
            "string"
          ]
        },
        "show_time": {
          "types": [
            "boolean"
          ]
        },
        "ssl_verify_mode": {
          "types": [
            "string"
          ]
        },
        "validation_name": {
          "types": [
            "string"
          ]
        },
        "force_install": {
          "types": [
            "boolean"
          ]
        },
        "initial_attributes": {
          "types": [
            "object"
          ],
          "items": {
            "types": [
              "string"
            ]
          }
        },
        "install_type": {
          "types": [
            "string"
          ],
          "values": [
            "packages",
            "gems",
            "omnibus"
          ]
        },
        "run_list": {
          "types": [
            "array"
          ],
          "items": {
            "types": [
              "string"
            ]
          }
        },
        "chef_license": {
          "types": [
            "string"
          ]
        }
      }
    },
    "disable_ec2_metadata": {
      "types": [
        "boolean"
      ]
    },
    "device_aliases": {
      "types": [
        "object"
      ],
      "others": {
        "types": [
          "string"
        ]
      }
    },
    "disk_setup": {
      "types": [
        "object"
      ],
      "others": {
        "types": [
          "object"
        ],
        "keys": {
          "table_type": {
            "types": [
              "string"
            ],
            "values": [
              "mbr",
              "gpt"
            ]
          },
          "layout": {
            "types": [
              "array",
              "boolean",
              "string"
            ],
            "values": [
              "remove"
            ],
            "items": {
              "types": [
                "array",
                "integer"
              ],
              "items": {
                "types": [
                  "integer"
                ]
              }
            }
          },
          "overwrite": {
            "types": [
              "boolean"
            ]
          }
        }
      }
    },
    "fs_setup": {
      "types": [
        "array"
      ],
      "items": {
        "types": [
          "object"
        ],
        "keys": {
          "label": {
            "types": [
              "string"
            ]
          },
          "filesystem": {
            "types": [
              "string"
            ]
          },
          "device": {
            "types": [
              "string"
            ]
          },
          "partition": {
            "types": [
              "integer",
              "string"
            ]
          },
          "overwrite": {
            "types": [
              "boolean"
            ]
          },
          "replace_fs": {
            "types": [
              "string"
            ]
          },
          "extra_opts": {
            "types": [
              "array",
              "string"
            ],
            "items": {
              "types": [
                "string"
              ]
            }
          },
          "cmd": {
            "types": [
              "array",
              "string"
            ],
            "items": {
              "types": [
                "string"
              ]
            }
          }
        }
      }
    },
    "fan": {
      "types": [
        "object"
      ],
      "keys": {
        "config": {
          "types": [
            "string"
          ]
        },
        "config_path": {
          "types": [
            "string"
          ]
        }
      }
    },
    "final_message": {
      "types": [
        "string"
      ]
    },
    "growpart": {
      "types": [
        "object"
      ],
      "keys": {
        "mode": {
          "values": [
            "auto",
            "growpart",
            "gpart",
            "off"
          ]
        },
        "devices": {
          "types": [
            "array"
          ],
          "items": {
            "types": [
              "string"
            ]
          }
        },
        "ignore_growroot_disabled": {
          "types": [
            "boolean"
          ]
        }
      }
    },
    "grub_dpkg": {
      "types": [
        "object"
      ],
      "keys": {
        "enabled": {
          "types": [
            "boolean"
          ]
        },
        "grub-pc/install_devices": {
          "types": [
            "string"
          ]
        },
        "grub-pc/install_devices_empty": {
          "types": [
            "boolean",
            "string"
          ]
        },
        "grub-efi/install_devices": {
          "types": [
            "string"
          ]
        }
      }
    },
    "grub-dpkg": {
      "types": [
        "object"
      ]
    },
    "updates": {
      "types": [
        "object"
      ],
      "keys": {
        "network": {
          "types": [
            "object"
          ],
          "keys": {
            "when": {
              "types": [
                "array"
              ],
              "items": {
                "types": [
                  "string"
                ],
                "values": [
                  "boot-new-instance",
                  "boot-legacy",
                  "boot",
                  "hotplug"
                ]
              }
            }
          }
        }
      }
    },
    "keyboard": {
      "types": [
        "object"
      ],
      "keys": {
        "layout": {
          "types": [
            "string"
          ]
        },
        "model": {
          "types": [
            "string"
          ]
        },
        "variant": {
          "types": [
            "string"
          ]
        },
        "options": {
          "types": [
            "string"
          ]
        }
      }
    },
    "ssh": {
      "types": [
        "object"
      ],
      "keys": {
        "emit_keys_to_console": {
          "types": [
            "boolean"
          ]
        }
      }
    },
    "ssh_key_console_blacklist": {
      "types": [
        "array"
      ],
      "items": {
        "types": [
          "string"
        ]
      }
    },
    "ssh_fp_console_blacklist": {
      "types": [
        "array"
      ],
      "items": {
        "types": [
          "string"
        ]
      }
    },
    "landscape": {
      "types": [
        "object"
      ],
      "keys": {
        "client": {
          "types": [
            "object"
          ],
          "keys": {
            "url": {
              "types": [
                "string"
              ]
            },
            "ping_url": {
              "types": [
                "string"
              ]
            },
            "data_path": {
              "types": [
                "string"
              ]
            },
            "log_level": {
              "types": [
                "string"
              ],
              "values": [
                "debug",
                "info",
                "warning",
                "error",
                "critical"
              ]
            },
            "computer_title": {
              "types": [
                "string"
              ]
            },
            "account_name": {
              "types": [
                "string"
              ]
            },
            "registration_key": {
              "types": [
                "string"
              ]
            },
            "tags": {
              "types": [
                "string"
              ]
            },
            "http_proxy": {
              "types": [
                "string"
              ]
            },
            "https_proxy": {
              "types": [
                "string"
              ]
            }
          },
          "others": {}
        }
      }
    },
    "locale": {
      "types": [
        "string"
      ]
    },
    "locale_configfile": {
      "types": [
        "string"
      ]
    },
    "lxd": {
      "types": [
        "object"
      ],
      "keys": {
        "init": {
          "types": [
            "object"
          ],
          "keys": {
            "network_address": {
              "types": [
                "string"
              ]
            },
            "network_port": {
              "types": [
                "integer"
              ]
            },
            "storage_backend": {
              "types": [
                "string"
              ],
              "values": [
                "zfs",
                "dir",
                "lvm",
                "btrfs"
              ]
            },
            "storage_create_device": {
              "types": [
                "string"
              ]
            },
            "storage_create_loop": {
              "types": [
                "integer"
              ]
            },
            "storage_pool": {
              "types": [
                "string"
              ]
            },
            "trust_password": {
              "types": [
                "string"
              ]
            }
          }
        },
        "bridge": {
          "types": [
            "object"
          ],
          "keys": {
            "mode": {
              "types": [
                "string"
              ],
              "values": [
                "none",
                "existing",
                "new"
              ]
            },
            "name": {
              "types": [
                "string"
              ]
            },
            "mtu": {
              "types": [
                "integer"
              ]
            },
            "ipv4_address": {
              "types": [
                "string"
              ]
            },
            "ipv4_netmask": {
              "types": [
                "integer"
              ]
            },
            "ipv4_dhcp_first": {
              "types": [
                "string"
              ]
            },
            "ipv4_dhcp_last": {
              "types": [
                "string"
              ]
            },
            "ipv4_dhcp_leases": {
              "types": [
                "integer"
              ]
            },
            "ipv4_nat": {
              "types": [
                "boolean"
              ]
            },
            "ipv6_address": {
              "types": [
                "string"
              ]
            },
            "ipv6_netmask": {
              "types": [
                "integer"
              ]
            },
            "ipv6_nat": {
              "types": [
                "boolean"
              ]
            },
            "domain": {
              "types": [
                "string"
              ]
            }
          }
        },
        "preseed": {
          "types": [
            "string"
          ]
        }
      }
    },
    "mcollective": {
      "types": [
        "object"
      ],
      "keys": {
        "conf": {
          "types": [
            "object"
          ],
          "keys": {
            "public-cert": {
              "types": [
                "string"
              ]
            },
            "private-cert": {
              "types": [
                "string"
              ]
            }
          },
          "others": {
            "types": [
              "boolean",
              "integer",
              "string"
            ]
          }
        }
      }
    },
    "migrate": {
      "types": [
        "boolean"
      ]
    },
    "mounts": {
      "types": [
        "array"
      ],
      "items": {
        "types": [
          "array"
        ],
        "items": {
          "types": [
            "string"
          ]
        }
      }
    },
    "mount_default_fields": {
      "types": [
        "array"
      ],
      "items": {
        "types": [
          "null",
          "string"
        ]
      }
    },
    "swap": {
      "types": [
        "object"
      ],
      "keys": {
        "filename": {
          "types": [
            "string"
          ]
        },
        "size": {
          "types": [
            "integer",
            "string"
          ]
        },
        "maxsize": {
          "types": [
            "integer",
            "string"
          ]
        }
      }
    },
    "ntp": {
      "types": [
        "null",
        "object"
      ],
      "keys": {
        "pools": {
          "types": [
            "array"
          ],
          "items": {
            "types": [
              "string"
            ]
          }
        },
        "servers": {
          "types": [
            "array"
          ],
          "items": {
            "types": [
              "string"
            ]
          }
        },
        "ntp_client": {
          "types": [
            "string"
          ]
        },
        "enabled": {
          "types": [
            "boolean"
          ]
        },
        "config": {
          "types": [
            "object"
          ],
          "keys": {
            "confpath": {
              "types": [
                "string"
              ]
            },
            "check_exe": {
              "types": [
                "string"
              ]
            },
            "packages": {
              "types": [
                "array"
              ],
              "items": {
                "types": [
                  "string"
                ]
              }
            },
            "service_name": {
              "types": [
                "string"
              ]
            },
            "template": {
              "types": [
                "string"
              ]
            }
          }
        }
      }
    },
    "packages": {
      "types": [
        "array"
      ],
      "items": {
        "types": [
          "array",
          "object",
          "string"
        ],
        "keys": {
          "apt": {
            "types": [
              "array"
            ],
            "items": {
              "types": [
                "array",
                "string"
              ]
            }
          },
          "snap": {
            "types": [
              "array"
            ],
            "items": {
              "types": [
                "array",
                "string"
              ]
            }
          }
        },
        "items": {
          "types": [
            "string"
          ]
        }
      }
    },
    "package_update": {
      "types": [
        "boolean"
      ]
    },
    "package_upgrade": {
      "types": [
        "boolean"
      ]
    },
    "package_reboot_if_required": {
      "types": [
        "boolean"
      ]
    },
    "apt_update": {
      "types": [
        "boolean"
      ]
    },
    "apt_upgrade": {
      "types": [
        "boolean"
      ]
    },
    "apt_reboot_if_required": {
      "types": [
        "boolean"
      ]
    },
    "phone_home": {
      "types": [
        "object"
      ],
      "keys": {
        "url": {
          "types": [
            "string"
          ]
        },
        "post": {
          "types": [
            "array"
          ],
          "items": {
            "types": [
              "string"
            ],
            "values": [
              "pub_key_dsa",
              "pub_key_rsa",
              "pub_key_ecdsa",
              "pub_key_ed25519",
              "instance_id",
              "hostname",
              "fqdn"
            ]
          }
        },
        "tries": {
          "types": [
            "integer",
            "string"
          ]
        }
      }
    },
    "power_state": {
      "types": [
        "object"
      ],
      "keys": {
        "delay": {
          "types": [
            "integer",
            "string"
          ]
        },
        "mode": {
          "types": [
            "string"
          ],
          "values": [
            "poweroff",
            "reboot",
            "halt"
          ]
        },
        "message": {
          "types": [
            "string"
          ]
        },
        "timeout": {
          "types": [
            "integer"
          ]
        },
        "condition": {
          "types": [
            "array",
            "boolean",
            "string"
          ]
        }
      }
    },
    "puppet": {
      "types": [
        "object"
      ],
      "keys": {
        "install": {
          "types": [
            "boolean"
          ]
        },
        "version": {
          "types": [
            "string"
          ]
        },
        "install_type": {
          "types": [
            "string"
          ],
          "values": [
            "packages",
            "aio"
          ]
        },
        "collection": {
          "types": [
            "string"
          ]
        },
        "aio_install_url": {
          "types": [
            "string"
          ]
        },
        "cleanup": {
          "types": [
            "boolean"
          ]
        },
        "conf_file": {
          "types": [
            "string"
          ]
        },
        "ssl_dir": {
          "types": [
            "string"
          ]
        },
        "csr_attributes_path": {
          "types": [
            "string"
          ]
        },
        "package_name": {
          "types": [
            "string"
          ]
        },
        "exec": {
          "types": [
            "boolean"
          ]
        },
        "exec_args": {
          "types": [
            "array"
          ],
          "items": {
            "types": [
              "string"
            ]
          }
        },
        "start_service": {
          "types": [
            "boolean"
          ]
        },
        "conf": {
          "types": [
            "object"
          ],
          "keys": {
            "main": {
              "types": [
                "object"
              ]
            },
            "server": {
              "types": [
                "object"
              ]
            },
            "agent": {
              "types": [
                "object"
              ]
            },
            "user": {
              "types": [
                "object"
              ]
            },
            "ca_cert": {
              "types": [
                "string"
              ]
            }
          }
        },
        "csr_attributes": {
          "types": [
            "object"
          ],
          "keys": {
            "custom_attributes": {
              "types": [
                "object"
              ]
            },
            "extension_requests": {
              "types": [
                "object"
              ]
            }
          }
        }
      }
    },
    "resize_rootfs": {
      "values": [
        "noblock"
      ]
    },
    "manage_resolv_conf": {
      "types": [
        "boolean"
      ]
    },
    "resolv_conf": {
      "types": [
        "object"
      ],
      "keys": {
        "nameservers": {
          "types": [
            "array"
          ]
        },
        "searchdomains": {
          "types": [
            "array"
          ]
        },
        "domain": {
          "types": [
            "string"
          ]
        },
        "sortlist": {
          "types": [
            "array"
          ]
        },
        "options": {
          "types": [
            "object"
          ]
        }
      }
    },
    "rh_subscription": {
      "types": [
        "object"
      ],
      "keys": {
        "username": {
          "types": [
            "string"
          ]
        },
        "password": {
          "types": [
            "string"
          ]
        },
        "activation-key": {
          "types": [
            "string"
          ]
        },
        "org": {
          "types": [
            "integer"
          ]
        },
        "auto-attach": {
          "types": [
            "boolean"
          ]
        },
        "service-level": {
          "types": [
            "string"
          ]
        },
        "add-pool": {
          "types": [
            "array"
          ],
          "items": {
            "types": [
              "string"
            ]
          }
        },
        "enable-repo": {
          "types": [
            "array"
          ],
          "items": {
            "types": [
              "string"
            ]
          }
        },
        "disable-repo": {
          "types": [
            "array"
          ],
          "items": {
            "types": [
              "string"
            ]
          }
        },
        "rhsm-baseurl": {
          "types": [
            "string"
          ]
        },
        "server-hostname": {
          "types": [
            "string"
          ]
        }
      }
    },
    "rsyslog": {
      "types": [
        "object"
      ],
      "keys": {
        "config_dir": {
          "types": [
            "string"
          ]
        },
        "config_filename": {
          "types": [
            "string"
          ]
        },
        "configs": {
          "types": [
            "array"
          ],
          "items": {
            "types": [
              "object",
              "string"
            ],
            "keys": {
              "filename": {
                "types": [
                  "string"
                ]
              },
              "content": {
                "types": [
                  "string"
                ]
              }
            }
          }
        },
        "remotes": {
          "types": [
            "object"
          ]
        },
        "service_reload_command": {
          "types": [
            "array"
          ],
          "items": {
            "types": [
              "string"
            ]
          }
        }
      }
    },
    "runcmd": {
      "types": [
        "array"
      ],
      "items": {
        "types": [
          "array",
          "null",
          "string"
        ],
        "items": {
          "types": [
            "string"
          ]
        }
      }
    },
    "salt_minion": {
      "types": [
        "object"
      ],
      "keys": {
        "pkg_name": {
          "types": [
            "string"
          ]
        },
        "service_name": {
          "types": [
            "string"
          ]
        },
        "config_dir": {
          "types": [
            "string"
          ]
        },
        "conf": {
          "types": [
            "object"
          ]
        },
        "grains": {
          "types": [
            "object"
          ]
        },
        "public_key": {
          "types": [
            "string"
          ]
        },
        "private_key": {
          "types": [
            "string"
          ]
        },
        "pki_dir": {
          "types": [
            "string"
          ]
        }
      }
    },
    "vendor_data": {
      "types": [
        "object"
      ],
      "keys": {
        "enabled": {
          "types": [
            "boolean",
            "string"
          ]
        },
        "prefix": {
          "types": [
            "array",
            "string"
          ],
          "items": {
            "types": [
              "integer",
              "string"
            ]
          }
        }
      }
    },
    "random_seed": {
      "types": [
        "object"
      ],
      "keys": {
        "file": {
          "types": [
            "string"
          ]
        },
        "data": {
          "types": [
            "string"
          ]
        },
        "encoding": {
          "types": [
            "string"
          ],
          "values": [
            "raw",
            "base64",
            "b64",
            "gzip",
            "gz"
          ]
        },
        "command": {
          "types": [
            "array"
          ],
          "items": {
            "types": [
              "string"
            ]
          }
        },
        "command_required": {
          "types": [
            "boolean"
          ]
        }
      }
    },
    "preserve_hostname": {
      "types": [
        "boolean"
      ]
    },
    "hostname": {
      "types": [
        "string"
      ]
    },
    "fqdn": {
      "types": [
        "string"
      ]
    },
    "prefer_fqdn_over_hostname": {
      "types": [
        "boolean"
      ]
    },
    "ssh_pwauth": {
      "types": [
        "boolean",
        "string"
      ]
    },
    "chpasswd": {
      "types": [
        "object"
      ],
      "keys": {
        "expire": {
          "types": [
            "boolean"
          ]
        },
        "users": {
          "types": [
            "array"
          ],
          "items": {
            "types": [
              "object"
            ],
            "keys": {
              "name": {
                "types": [
                  "string"
                ]
              },
              "type": {
                "types": [
                  "string"
                ],
                "values": [
                  "RANDOM",
                  "hash",
                  "text"
                ]
              },
              "password": {
                "types": [
                  "string"
                ]
              }
            }
          }
        },
        "list": {
          "types": [
            "array",
            "string"
          ],
          "items": {
            "types": [
              "string"
            ]
          }
        }
      }
    },
    "password": {
      "types": [
        "string"
      ]
    },
    "snap": {
      "types": [
        "object"
      ],
      "keys": {
        "assertions": {
          "types": [
            "array",
            "object"
          ],
          "items": {
            "types": [
              "string"
            ]
          }
        },
        "commands": {
          "types": [
            "array",
            "object"
          ],
          "items": {
            "types": [
              "array",
              "string"
            ],
            "items": {
              "types": [
                "string"
              ]
            }
          }
        }
      }
    },
    "spacewalk": {
      "types": [
        "object"
      ],
      "keys": {
        "server": {
          "types": [
            "string"
          ]
        },
        "proxy": {
          "types": [
            "string"
          ]
        },
        "activation_key": {
          "types": [
            "string"
          ]
        }
      }
    },
    "no_ssh_fingerprints": {
      "types": [
        "boolean"
      ]
    },
    "authkey_hash": {
      "types": [
        "string"
      ]
    },
    "ssh_import_id": {
      "types": [
        "array"
      ],
      "items": {
        "types": [
          "string"
        ]
      }
    },
    "ssh_keys": {
      "types": [
        "object"
      ],
      "others": {
        "types": [
          "string"
        ]
      }
    },
    "ssh_authorized_keys": {
      "types": [
        "array"
      ],
      "items": {
        "types": [
          "string"
        ]
      }
    },
    "ssh_deletekeys": {
      "types": [
        "boolean"
      ]
    },
    "ssh_genkeytypes": {
      "types": [
        "array"
      ],
      "items": {
        "types": [
          "string"
        ],
        "values": [
          "dsa",
          "ecdsa",
          "ed25519",
          "rsa"
        ]
      }
    },
    "disable_root": {
      "types": [
        "boolean"
      ]
    },
    "disable_root_opts": {
      "types": [
        "string"
      ]
    },
    "allow_public_ssh_keys": {
      "types": [
        "boolean"
      ]
    },
    "ssh_quiet_keygen": {
      "types": [
        "boolean"
      ]
    },
    "ssh_publish_hostkeys": {
      "types": [
        "object"
      ],
      "keys": {
        "enabled": {
          "types": [
            "boolean"
          ]
        },
        "blacklist": {
          "types": [
            "array"
          ],
          "items": {
            "types": [
              "string"
            ]
          }
        }
      }
    },
    "timezone": {
      "types": [
        "string"
      ]
    },
    "ubuntu_advantage": {
      "types": [
        "object"
      ],
      "keys": {
        "enable": {
          "types": [
            "array"
          ],
          "items": {
            "types": [
              "string"
            ]
          }
        },
        "enable_beta": {
          "types": [
            "array"
          ],
          "items": {
            "types": [
              "string"
            ]
          }
        },
        "token": {
          "types": [
            "string"
          ]
        },
        "features": {
          "types": [
            "object"
          ],
          "keys": {
            "disable_auto_attach": {
              "types": [
                "boolean"
              ]
            }
          }
        },
        "config": {
          "types": [
            "object"
          ],
          "keys": {
            "http_proxy": {
              "types": [
                "null",
                "string"
              ]
            },
            "https_proxy": {
              "types": [
                "null",
                "string"
              ]
            },
            "global_apt_http_proxy": {
              "types": [
                "null",
                "string"
              ]
            },
            "global_apt_https_proxy": {
              "types": [
                "null",
                "string"
              ]
            },
            "ua_apt_http_proxy": {
              "types": [
                "null",
                "string"
              ]
            },
            "ua_apt_https_proxy": {
              "types": [
                "null",
                "string"
              ]
            }
          },
          "others": {}
        }
      }
    },
    "drivers": {
      "types": [
        "object"
      ],
      "keys": {
        "nvidia": {
          "types": [
            "object"
          ],
          "keys": {
            "license-accepted": {
              "types": [
                "boolean"
              ]
            },
            "version": {
              "types": [
                "string"
              ]
            }
          }
        }
      }
    },
    "manage_etc_hosts": {
      "values": [
        "localhost",
        "template"
      ]
    },
    "groups": {
      "types": [
        "array",
        "object",
        "string"
      ],
      "others": {
        "types": [
          "array",
          "string"
        ],
        "items": {
          "types": [
            "string"
          ]
        }
      },
      "items": {
        "types": [
          "object",
          "string"
        ],
        "others": {
          "types": [
            "array",
            "string"
          ],
          "items": {
            "types": [
              "string"
            ]
          }
        }
      }
    },
    "user": {
      "types": [
        "object",
        "string"
      ],
      "keys": {
        "name": {
          "types": [
            "string"
          ]
        },
        "expiredate": {
          "types": [
            "string"
          ]
        },
        "gecos": {
          "types": [
            "string"
          ]
        },
        "groups": {
          "types": [
            "array",
            "object",
            "string"
          ],
          "others": {
            "types": [
              "null"
            ]
          },
          "items": {
            "types": [
              "string"
            ]
          }
        },
        "homedir": {
          "types": [
            "string"
          ]
        },
        "inactive": {
          "types": [
            "string"
          ]
        },
        "lock-passwd": {
          "types": [
            "boolean"
          ]
        },
        "lock_passwd": {
          "types": [
            "boolean"
          ]
        },
        "no_create_home": {
          "types": [
            "boolean"
          ]
        },
        "no_log_init": {
          "types": [
            "boolean"
          ]
        },
        "no_user_group": {
          "types": [
            "boolean"
          ]
        },
        "passwd": {
          "types": [
            "string"
          ]
        },
        "hashed_passwd": {
          "types": [
            "string"
          ]
        },
        "plain_text_passwd": {
          "types": [
            "string"
          ]
        },
        "create_groups": {
          "types": [
            "boolean"
          ]
        },
        "primary_group": {
          "types": [
            "string"
          ]
        },
        "selinux_user": {
          "types": [
            "string"
          ]
        },
        "shell": {
          "types": [
            "string"
          ]
        },
        "snapuser": {
          "types": [
            "string"
          ]
        },
        "ssh_authorized_keys": {
          "types": [
            "array"
          ],
          "items": {
            "types": [
              "string"
            ]
          }
        },
        "ssh_import_id": {
          "types": [
            "array"
          ],
          "items": {
            "types": [
              "string"
            ]
          }
        },
        "ssh_redirect_user": {
          "types": [
            "boolean"
          ]
        },
        "system": {
          "types": [
            "boolean"
          ]
        },
        "sudo": {
          "types": [
            "array",
            "boolean",
            "null",
            "string"
          ],
          "items": {
            "types": [
              "string"
            ]
          }
        },
        "uid": {
          "types": [
            "integer",
            "string"
          ]
        },
        "doas": {
          "types": [
            "array"
          ],
          "items": {
            "types": [
              "string"
            ]
          }
        },
        "ssh-authorized-keys": {
          "types": [
            "array"
          ],
          "items": {
            "types": [
              "string"
            ]
          }
        },
        "ssh-import-id": {
          "types": [
            "array"
          ],
          "items": {
            "types": [
              "string"
            ]
          }
        },
        "hashed-passwd": {
          "types": [
            "string"
          ]
        },
        "plain-text-passwd": {
          "types": [
            "string"
          ]
        },
        "primary-group": {
          "types": [
            "string"
          ]
        },
        "selinux-user": {
          "types": [
            "string"
          ]
        },
        "create-groups": {
          "types": [
            "boolean"
          ]
        },
        "no-create-home": {
          "types": [
            "boolean"
          ]
        },
        "no-log-init": {
          "types": [
            "boolean"
          ]
        },
        "no-user-group": {
          "types": [
            "boolean"
          ]
        },
        "ssh-redirect-user": {
          "types": [
            "boolean"
          ]
        }
      }
    },
    "users": {
      "types": [
        "array",
        "object",
        "string"
      ],
      "items": {
        "types": [
          "array",
          "object",
          "string"
        ],
        "keys": {
          "name": {
            "types": [
              "string"
            ]
          },
          "expiredate": {
            "types": [
              "string"
            ]
          },
          "gecos": {
            "types": [
              "string"
            ]
          },
          "groups": {
            "types": [
              "array",
              "object",
              "string"
            ],
            "others": {
              "types": [
                "null"
              ]
            },
            "items": {
              "types": [
                "string"
              ]
            }
          },
          "homedir": {
            "types": [
              "string"
            ]
          },
          "inactive": {
            "types": [
              "string"
            ]
          },
          "lock-passwd": {
            "types": [
              "boolean"
            ]
          },
          "lock_passwd": {
            "types": [
              "boolean"
            ]
          },
          "no_create_home": {
            "types": [
              "boolean"
            ]
          },
          "no_log_init": {
            "types": [
              "boolean"
            ]
          },
          "no_user_group": {
            "types": [
              "boolean"
            ]
          },
          "passwd": {
            "types": [
              "string"
            ]
          },
          "hashed_passwd": {
            "types": [
              "string"
            ]
          },
          "plain_text_passwd": {
            "types": [
              "string"
            ]
          },
          "create_groups": {
            "types": [
              "boolean"
            ]
          },
          "primary_group": {
            "types": [
              "string"
            ]
          },
          "selinux_user": {
            "types": [
              "string"
            ]
          },
          "shell": {
            "types": [
              "string"
            ]
          },
          "snapuser": {
            "types": [
              "string"
            ]
          },
          "ssh_authorized_keys": {
            "types": [
              "array"
            ],
            "items": {
              "types": [
                "string"
              ]
            }
          },
          "ssh_import_id": {
            "types": [
              "array"
            ],
            "items": {
              "types": [
                "string"
              ]
            }
          },
          "ssh_redirect_user": {
            "types": [
              "boolean"
            ]
          },
          "system": {
            "types": [
              "boolean"
            ]
          },
          "sudo": {
            "types": [
              "array",
              "boolean",
              "null",
              "string"
            ],
            "items": {
              "types": [
                "string"
              ]
            }
          },
          "uid": {
            "types": [
              "integer",
              "string"
            ]
          },
          "doas": {
            "types": [
              "array"
            ],
            "items": {
              "types": [
                "string"
              ]
            }
          },
          "ssh-authorized-keys": {
            "types": [
              "array"
            ],
            "items": {
              "types": [
                "string"
              ]
            }
          },
          "ssh-import-id": {
            "types": [
              "array"
            ],
            "items": {
              "types": [
                "string"
              ]
            }
          },
          "hashed-passwd": {
            "types": [
              "string"
            ]
          },
          "plain-text-passwd": {
            "types": [
              "string"
            ]
          },
          "primary-group": {
            "types": [
              "string"
            ]
          },
          "selinux-user": {
            "types": [
              "string"
            ]
          },
          "create-groups": {
            "types": [
              "boolean"
            ]
          },
          "no-create-home": {
            "types": [
              "boolean"
            ]
          },
          "no-log-init": {
            "types": [
              "boolean"
            ]
          },
          "no-user-group": {
            "types": [
              "boolean"
            ]
          },
          "ssh-redirect-user": {
            "types": [
              "boolean"
            ]
          }
        },
        "items": {
          "types": [
            "string"
          ]
        }
      }
    },
    "wireguard": {
      "types": [
        "null",
        "object"
      ],
      "keys": {
        "interfaces": {
          "types": [
            "array"
          ],
          "items": {
            "types": [
              "object"
            ],
            "keys": {
              "name": {
                "types": [
                  "string"
                ]
              },
              "config_path": {
                "types": [
                  "string"
                ]
              },
              "content": {
                "types": [
                  "string"
                ]
              }
            }
          }
        },
        "readinessprobe": {
          "types": [
            "array"
          ],
          "items": {
            "types": [
              "string"
            ]
          }
        }
      }
    },
    "write_files": {
      "types": [
        "array"
      ],
      "items": {
        "types": [
          "object"
        ],
        "keys": {
          "path": {
            "types": [
              "string"
            ]
          },
          "content": {
            "types": [
              "string"
            ]
          },
          "owner": {
            "types": [
              "string"
            ]
          },
          "permissions": {
            "types": [
              "string"
            ]
          },
          "encoding": {
            "types": [
              "string"
            ],
            "values": [
              "gz",
              "gzip",
              "gz+base64",
              "gzip+base64",
              "gz+b64",
              "gzip+b64",
              "b64",
              "base64",
              "text/plain"
            ]
          },
          "append": {
            "types": [
              "boolean"
            ]
          },
          "defer": {
            "types": [
              "boolean"
            ]
          },
          "source": {
            "types": [
              "object"
            ],
            "keys": {
              "uri": {
                "types": [
                  "string"
                ]
              },
              "headers": {
                "types": [
                  "object"
                ],
                "others": {
                  "types": [
                    "string"
                  ]
                }
              }
            }
          }
        }
      }
    },
    "yum_repo_dir": {
      "types": [
        "string"
      ]
    },
    "yum_repos": {
      "types": [
        "object"
      ],
      "others": {
        "types": [
          "object"
        ],
        "keys": {
          "baseurl": {
            "types": [
              "string"
            ]
          },
          "name": {
            "types": [
              "string"
            ]
          },
          "enabled": {
            "types": [
              "boolean"
            ]
          }
        },
        "others": {
          "types": [
            "boolean",
            "integer",
            "string"
          ]
        }
      }
    },
    "zypper": {
      "types": [
        "object"
      ],
      "keys": {
        "repos": {
          "types": [
            "array"
          ],
          "items": {
            "types": [
              "object"
            ],
            "keys": {
              "id": {
                "types": [
                  "string"
                ]
              },
              "baseurl": {
                "types": [
                  "string"
                ]
              }
            },
            "others": {}
          }
        },
        "config": {
          "types": [
            "object"
          ],
          "others": {}
        }
      },
      "others": {}
    },
    "reporting": {
      "types": [
        "object"
      ],
      "others": {
        "types": [
          "object"
        ],
        "keys": {
          "type": {
            "types": [
              "string"
            ],
            "values": [
              "log",
              "print",
              "webhook",
              "hyperv"
            ]
          },
          "level": {
            "types": [
              "string"
            ],
            "values": [
              "DEBUG",
              "INFO",
              "WARN",
              "ERROR",
              "FATAL"
            ]
          },
          "endpoint": {
            "types": [
              "string"
            ]
          },
          "consumer_key": {
            "types": [
              "string"
            ]
          },
          "token_key": {
            "types": [
              "string"
            ]
          },
          "token_secret": {
            "types": [
              "string"
            ]
          },
          "consumer_secret": {
            "types": [
              "string"
            ]
          },
          "timeout": {
            "types": [
              "number"
            ]
          },
          "retries": {
            "types": [
              "integer"
            ]
          },
          "kvp_file_path": {
            "types": [
              "string"
            ]
          },
          "event_types": {
            "types": [
              "array"
            ],
            "items": {
              "types": [
                "string"
              ]
            }
          }
        }
      }
    },
    "datasource": {},
    "datasource_list": {},
    "def_log_file": {},
    "launch-index": {},
    "log_cfgs": {},
    "logcfg": {},
    "merge_how": {},
    "merge_type": {},
    "network": {},
    "output": {},
    "syslog_fix_perms": {},
    "system_info": {},
    "unverified_modules": {},
    "vendor_data2": {},
    "allow_userdata": {
      "types": [
        "boolean"
      ]
    },
    "manual_cache_clean": {
      "types": [
        "boolean"
      ]
    },
    "ubuntu_pro": {},
    "rpi": {},
    "create_hostname_file": {
      "types": [
        "boolean"
      ]
    }
  }
}
