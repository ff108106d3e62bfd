/** Starting points for the form: what they set is shown and can be changed. */
import type { CloudInitRequest } from './request.ts'

export type Preset = {
  id: 'plain' | 'docker' | 'kubernetes'
  title: string
  /** What the guest will have, and on which systems it holds. */
  description: string
  cloudInit: Pick<CloudInitRequest, 'packages' | 'packageUpgrade' | 'writeFiles' | 'commands'>
}

export const presets: Preset[] = [
  {
    id: 'plain',
    title: 'Plain',
    description: 'SSH server and guest agent, nothing else. Any system with cloud-init.',
    cloudInit: {},
  },
  {
    id: 'docker',
    title: 'Docker host',
    description:
      'Docker from the packages of Debian or Ubuntu. On Fedora the package is called moby-engine.',
    cloudInit: {
      packages: ['docker.io'],
      commands: ['systemctl enable --now docker'],
    },
  },
  {
    id: 'kubernetes',
    title: 'Kubernetes node',
    description:
      'containerd, kubeadm, kubelet and kubectl of the current stable release, ready for kubeadm init or join. Debian and Ubuntu.',
    cloudInit: {
      packages: ['containerd', 'ca-certificates', 'curl', 'gpg'],
      writeFiles: [
        { path: '/etc/modules-load.d/kubernetes.conf', content: 'overlay\nbr_netfilter\n' },
        {
          path: '/etc/sysctl.d/kubernetes.conf',
          content:
            'net.ipv4.ip_forward = 1\nnet.bridge.bridge-nf-call-iptables = 1\nnet.bridge.bridge-nf-call-ip6tables = 1\n',
        },
      ],
      commands: [
        // The kubelet refuses to start with swap.
        'swapoff -a && sed -i "/\\sswap\\s/d" /etc/fstab',
        'modprobe -a overlay br_netfilter && sysctl --system',
        'mkdir -p /etc/containerd /etc/apt/keyrings',
        'containerd config default | sed "s/SystemdCgroup = false/SystemdCgroup = true/" > /etc/containerd/config.toml',
        'systemctl restart containerd',
        'release=$(curl -fsSL https://dl.k8s.io/release/stable.txt | cut -d. -f1,2)',
        'curl -fsSL "https://pkgs.k8s.io/core:/stable:/$release/deb/Release.key" | gpg --dearmor -o /etc/apt/keyrings/kubernetes.gpg',
        'echo "deb [signed-by=/etc/apt/keyrings/kubernetes.gpg] https://pkgs.k8s.io/core:/stable:/$release/deb/ /" > /etc/apt/sources.list.d/kubernetes.list',
        'apt-get update && apt-get install -y kubelet kubeadm kubectl && apt-mark hold kubelet kubeadm kubectl',
      ],
    },
  },
]
